#!/usr/bin/env bash
# measure.sh [NAME...]: draws what each library draws, or those named, and rewrites their rows in
# tests/reference/libraries.tsv and tests/reference/library-networks.tsv.
#
# packages.tsv is the table of libraries: name, language, installer, program, packages with their versions. To measure a
# new release, change its number there. Each library is installed into a temporary folder, measured, and removed; Debian's packages stay. What could
# not be measured is named at the end with the reason, and keeps its rows; the exit status is then 1.
# Needs: python3 with venv, and for some libraries python3.13, python3.10 or python3.8, cargo, go, mvn, npm or apt-get.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
here=$PWD
tables=$here/../../tests/reference
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
DATE=$(date -I)
export DATE PYTHONPATH=$here PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=2 TF_CPP_MIN_LOG_LEVEL=3 JAX_PLATFORMS=cpu
READER=numpy==2.4.6 # what rows.py needs, where the program is not in Python

# Each gets the name, language, program and packages, runs in an empty folder, and prints rows.
from_pip() { # under another name, for keras.py would hide the package keras
  ${python:-python3} -m venv venv && venv/bin/pip install -q $4 >&2 && cp "$here/$3" drawing.py &&
    venv/bin/python -W ignore drawing.py
}

# Libraries whose last release has no wheel for the newest Python.
from_pip3.13() { python=python3.13 from_pip "$@"; }
from_pip3.10() { python=python3.10 from_pip "$@"; }
from_pip3.8() { python=python3.8 from_pip "$@"; }

# The rows of a program that has written its values to the folder `drawn`.
read_drawn() {
  python3 -m venv reader && reader/bin/pip install -q $READER >&2 && reader/bin/python "$here/rows.py" drawn "$2" "$1" "$5"
}

# Programs in Rust, Go and Java write that folder with the help of the file `drawn` of their language.

from_cargo() { # packages: crate@version, or crate@version/feature,feature for these features alone
  local crate features
  cargo init -q --bin --name drawing . >&2 && cp "$here/$3" src/main.rs && cp "$here/rust/drawn.rs" src/ || return
  for crate in $4; do
    features=${crate#*/}
    [ "$features" != "$crate" ] && features="--no-default-features --features $features" || features=
    cargo add -q "${crate%%/*}" $features >&2 || return
  done
  # the compiler works longer than the program, so it optimizes little
  CARGO_PROFILE_RELEASE_OPT_LEVEL=1 cargo run -q --release -- drawn >&2 && read_drawn "$@" "$(version_of "$4")"
}

from_go() { # packages: module@version
  go mod init drawing >&2 && cp "$here/$3" main.go && cp "$here/go/drawn.go" . && go get $4 >&2 && go mod tidy >&2 &&
    go run . drawn >&2 && read_drawn "$@" "$(version_of "$4")"
}

from_maven() { # packages: group:artifact:version, or group:artifact:version:classifier
  local package group artifact version classifier
  mkdir -p src/main/java && cp "$here/$3" "$here/java/Drawn.java" src/main/java/ || return
  {
    echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
    echo '<groupId>drawing</groupId><artifactId>drawing</artifactId><version>1</version><properties>'
    echo '<maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target>'
    echo '</properties><dependencies>'
    for package in $4; do
      IFS=: read -r group artifact version classifier <<<"$package"
      echo "<dependency><groupId>$group</groupId><artifactId>$artifact</artifactId><version>$version</version>"
      echo "${classifier:+<classifier>$classifier</classifier>}</dependency>"
    done
    echo '</dependencies></project>'
  } >pom.xml
  mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath >&2 &&
    java -cp "target/classes:$(cat classpath)" "$(basename "$3" .java)" drawn >&2 && read_drawn "$@" "$(version_of "$4")"
}

from_npm() { # packages: package@version, or @scope/package@version
  cp "$here/javascript/writer.mjs" "$here/$3" . && npm install --silent --no-audit --no-fund --ignore-scripts $4 >&2 &&
    node --random-seed=1 "$(basename "$3")" drawn >&2 && read_drawn "$@" "$(version_of "${4#@*/}")"
}

install_apt() { dpkg -s "$@" >/dev/null 2>&1 || apt-get install -y -q --no-install-recommends "$@" >&2; }

from_r() { # packages: Debian's, the first of them the library
  install_apt $4 r-base-core && Rscript --vanilla "$here/$3" drawn >&2 &&
    read_drawn "$@" "$(dpkg-query -W -f '${Version}' "${4%% *}")"
}

from_apt() { # packages: Debian's, the first of them the library; the program is C++, and its second line has the flags
  install_apt $4 || return
  c++ -O2 -o drawing "$here/$3" $(sed -n 's,^// flags: ,,p' "$here/$3") >&2 && ./drawing drawn >&2 &&
    read_drawn "$@" "$(dpkg-query -W -f '${Version}' "${4%% *}")"
}

# The version of the first package.
version_of() { sed -E 's/ .*//; s/.*[@:]=?v?//; s,/.*,,' <<<"$1"; }

# Replaces the rows of a library in a table, and sorts it but for its head.
replace() {
  local table=$1 kind=$2 name=$3 rows=$4
  {
    head -1 "$table"
    { awk -F '\t' -v name="$name" 'NR > 1 && $2 != name' "$table"; sed -n "s/^$kind\t//p" "$rows"; } | LC_ALL=C sort -s -t $'\t' -k1,2
  } >"$work/table" && cp "$work/table" "$table"
}

failed=0
summary=()
while IFS=$'\t' read -r name language installer program packages <&3; do
  [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
  echo "== $name" >&2
  mkdir "$work/run"
  (cd "$work/run" && mkdir drawn && "from_$installer" "$name" "$language" "$program" "$packages") \
    >"$work/rows" 2>"$work/errors" </dev/null
  status=$?
  if [ $status -eq 0 ] && [ -s "$work/rows" ]; then
    replace "$tables/libraries.tsv" tensor "$name" "$work/rows"
    replace "$tables/library-networks.tsv" network "$name" "$work/rows"
    summary+=("measured $name: $(grep -c ^tensor "$work/rows") tensors, $(grep -c ^network "$work/rows") networks")
  else
    failed=1
    summary+=("FAILED $name: $(grep -v '^ *$' "$work/errors" | tail -1)")
  fi
  rm -rf "$work/run"
done 3< <(tail -n +2 packages.tsv)
printf '%s\n' "${summary[@]}"
exit $failed
