# native.sh: the native tests of the engine, for build.sh, which reads this file and runs its functions.
#
# It runs the programs of tests/c under sanitizers, then by other compilers and in 32 bits, and compares their bits. It
# measures which lines and branches they reach, and runs the fuzzer of tests/fuzz. It builds nothing of the page.
# `stale`, `die` and c_flags come from build.sh.
# shellcheck shell=bash disable=SC2154

# Linker options for tests/c/alloc.c, which replaces the allocator.
wraps() { [[ "$1" != */alloc.c ]] || echo -Wl,--wrap=calloc,--wrap=malloc,--wrap=realloc,--wrap=free; }

# Builds and runs each program of tests/c. They stay in build/tests/: JavaScript tests run some of them too.
test_native() {
  local compile=("${CC:-cc}" "${c_flags[@]}" -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all)
  local source program
  mkdir -p build/tests
  if stale build/engine.a c tests/native.sh build.sh; then
    rm -rf build/engine build/engine.a
    mkdir build/engine
    (cd build/engine && "${compile[@]}" -c ../../c/*.c)
    ar -rcs build/engine.a build/engine/*.o
  fi
  for source in tests/c/*.c; do
    program=build/tests/$(basename "$source" .c)
    if stale "$program" build/engine.a tests/{c,fuzz,native.sh} build.sh; then
      "${compile[@]}" -Ic "$source" build/engine.a $(wraps "$source") -o "$program" -lm
    fi
    "$program"
  done
  test_example "${compile[@]}"
}

# test_example COMPILER FLAG...: the example at the top of the header compiles as it stands, and runs. Under He's scheme
# the root mean square of each of its 20 layers stays near 1.
test_example() {
  local example=build/tests/example
  sed -n '/^ \* ```c$/,/^ \* ```$/ { /```/d; s/^ \* \{0,1\}//; p; }' c/initscope.h >"$example.c"
  "$@" -Ic "$example.c" build/engine.a -o "$example" -lm || die "the example in c/initscope.h does not compile"
  "$example" >"$example.log" || die "the example in c/initscope.h fails"
  awk '$1 == "layer" && $4 > 0.5 && $4 < 2 { fine++ } END { exit fine != 20 || NR != 20 }' "$example.log" ||
    die "the example in c/initscope.h prints something else: $(cat "$example.log")"
  echo "ok the example in c/initscope.h compiles and runs: $(tail -n 1 "$example.log")"
}

# Can this compiler, with these flags, make a program?
can_compile() { echo 'int main(void) { return 0; }' | "$@" -x c - -o build/try -lm 2>/dev/null && build/try; }

# build_variant NAME COMPILER FLAG...: compiles engine and test programs so, into build/NAME/.
build_variant() {
  local name=$1 source
  shift
  stale "build/$name/bits" c tests/{c,fuzz,native.sh} build.sh || return 0
  rm -rf "build/$name"
  mkdir -p "build/$name/engine"
  (cd "build/$name/engine" && "$@" -c ../../../c/*.c)
  for source in tests/c/*.c; do
    [[ $source == */bits.c ]] ||
      "$@" -Ic "$source" "build/$name"/engine/*.o $(wraps "$source") -o "build/$name/$(basename "$source" .c)" -lm
  done
  "$@" -Ic tests/c/bits.c "build/$name"/engine/*.o -o "build/$name/bits" -lm
}

# Runs the tests by other compilers, at other levels and in 32 bits, and compares the bits. A compiler that is missing
# here is named. Claims about many points or draws use a tenth of them.
test_variants() {
  local -A variants=(
    [O0]="${CC:-cc} -O0 --coverage -fprofile-abs-path"
    [O3]="${CC:-cc} -O3 -march=native"
    [m32]="${CC:-cc} -O2 -m32 -msse2 -mfpmath=sse"
    [clang]="clang -O2"
  )
  local name program compile bits
  bits=$(build/tests/bits | sha256sum)
  for name in "${!variants[@]}"; do
    read -ra compile <<<"${variants[$name]}"
    if ! can_compile "${compile[@]}"; then
      echo "skipped: native tests by ${variants[$name]}, which makes no program here"
      rm -rf "build/$name"
      continue
    fi
    build_variant "$name" "${compile[@]}" "${c_flags[@]}" -DSTRIDE=6001 -DMANY_ROWS=125000
    for program in tests/c/*.c; do
      program=build/$name/$(basename "$program" .c)
      "$program" >"$program.log" || { grep -v '^ok' "$program.log"; die "$program failed"; }
    done
    [ "$(build/"$name"/bits | sha256sum)" = "$bits" ] || die "${variants[$name]} gives other bits"
    echo "ok native tests pass, with the same bits: ${variants[$name]}"
  done
  if [ -e build/O0 ]; then node tests/c/coverage.js build/O0/engine; fi
}

# Can clang make a fuzzer here?
can_fuzz() {
  echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' | clang -fsanitize=fuzzer -x c - -o /dev/null 2>/dev/null
}

fuzz() {
  local seconds=${1:-30} log=build/fuzz.log
  mkdir -p build/corpus
  if stale build/fuzz c tests/{fuzz,native.sh} build.sh; then
    clang "${c_flags[@]}" -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all c/*.c tests/fuzz/fuzz.c \
      -o build/fuzz -lm
  fi
  build/fuzz build/corpus tests/fuzz/corpus -max_total_time="$seconds" -max_len=600 -timeout=10 -print_final_stats=1 \
    -artifact_prefix=build/ >"$log" 2>&1 || { tail -n 40 "$log"; die "the fuzzer found something: see above"; }
  echo "fuzz: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") executions in $seconds seconds, coverage of" \
    "$(sed -n 's/.* \(cov: [0-9]* ft: [0-9]*\).*/\1/p' "$log" | tail -n 1) (edges, features of libFuzzer)"
}
