#!/usr/bin/env bash
# build.sh: builds, serves, tests and checks this checkout; `./build.sh help` lists the verbs.
#
# What is missing comes from apt on Debian and Ubuntu, and from `npm ci`; what is installed already is never touched,
# and on other systems one line says what to install. A step whose output is newer than its inputs is skipped. All output
# goes to node_modules/, build/ and dist/. How the modules are built
# is in c/modules.sh, and how the engine is tested natively in tests/native.sh.
set -euo pipefail
shopt -s nullglob
cd "$(dirname "${BASH_SOURCE[0]}")"
PATH=$PWD/node_modules/.bin:$PATH
. tests/native.sh

# enumerators are this project's named integers, and may meet a double
c_flags=(-std=gnu11 -ffp-contract=off -Wall -Wextra -Wshadow -Wconversion -Wno-enum-float-conversion -Werror)
esbuild_flags=(--bundle --minify --format=iife --target=es2022 --charset=utf8 --log-level=warning
  --external:node:fs/promises '--define:import.meta.url=""')
. c/modules.sh

help() {
  cat <<'END'
usage: ./build.sh [verb]
  (none)  build the page and the WebAssembly modules into dist/
  serve   build, then serve dist/ on a free port of this machine, until interrupted
  test    build, then run every test: C under sanitizers, the engine in Node, the page in Chromium and Firefox
  browsers  build, then run the tests in several browsers: Chromium, Firefox and WebKitGTK
  check   formatters, linters and types; changes nothing
  fuzz [SECONDS]  drive every function of the engine by libFuzzer, 30 seconds unless told
  soak [SECONDS]  build, then run random networks in Node for so long, 300 unless told, and 10,000 of them at
                  least: memory must stay what it was
  bench   build, then measure speed, against TensorFlow.js and of the page, some minutes, into tests/bench/RESULTS.md
  help    this text
Environment: CC, the compiler of the native tests (cc); CHROMIUM, the browser of the page's tests and of the benchmark;
FIREFOX, the second browser of the page's tests (both found on the path); PYTHON, the benchmark's Python (python3), where
PyTorch is measured too if it has it.
END
}

die() {
  echo "build.sh: $*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null; }

# stale OUTPUT INPUT...: is the output missing, or older than an input? A directory stands for all that is in it.
stale() {
  local output=$1
  shift
  [ ! -e "$output" ] || [ -n "$(find "$@" -newer "$output")" ]
}

has_c_compiler() { echo '#include <stdio.h>' | "${CC:-cc}" -E -x c - >/dev/null 2>&1; }

# The path of the first program that is there, or failure.
find_first() {
  local name
  for name; do command -v "$name" && return; done
  return 1
}
find_chromium() { find_first "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; }
find_firefox() { find_first "${FIREFOX:-}" firefox-esr firefox; }
has_webkit() { has WebKitWebDriver && has Xvfb; }

# The Debian packages of what a verb needs and this machine lacks.
missing_packages() {
  has node || echo nodejs
  has npm || echo npm
  [[ "$1" == @(check|fuzz) ]] || has emcc || echo emscripten
  [ "$1" != test ] || has_c_compiler || echo gcc libc6-dev
  [ "$1" != fuzz ] || can_fuzz ||
    echo clang "$(apt-cache depends clang 2>/dev/null | sed -n 's/.*: clang-\([0-9]*\)$/libclang-rt-\1-dev/p')"
  [[ "$1" != @(test|bench|browsers) ]] || find_chromium >/dev/null || echo chromium
  [[ "$1" != @(test|browsers) ]] || find_firefox >/dev/null || echo firefox-esr
  [ "$1" != browsers ] || has_webkit || ! has apt-get || echo webkit2gtk-driver xvfb # elsewhere the tests go without
}

install_packages() {
  local run=(env DEBIAN_FRONTEND=noninteractive)
  has apt-get || die "missing: $*. Install these (Emscripten: https://emscripten.org; Node 18.19 or later with npm:" \
    "https://nodejs.org; for tests a C compiler, Chromium and Firefox) and run this again."
  if [[ " $* " =~ ' '(chromium|firefox)[-' '] ]] && grep -q '^ID=ubuntu' /etc/os-release; then
    die "missing: $*. Ubuntu has browsers as snaps only: 'sudo snap install chromium firefox', then run this again."
  fi
  if [ "$(id -u)" != 0 ]; then
    has sudo || die "missing: $*. Install these packages as root (apt-get install $*) and run this again."
    run=(sudo "${run[@]}")
  fi
  echo "installing with apt: $*"
  "${run[@]}" apt-get update -q
  "${run[@]}" apt-get install -qy --no-install-recommends "$@"
}

# require VERB: brings in what the verb needs.
require() {
  local packages
  packages=$(missing_packages "$1")
  # shellcheck disable=SC2086 # one word is one package
  [ -z "$packages" ] || install_packages $packages
  node -e 'const [major, minor] = process.versions.node.split("."); process.exit(Number(major * 100 + +minor < 1819))' ||
    die "Node $(node --version) is too old: install Node 18.19 or later (https://nodejs.org) and run this again."
  if stale node_modules/.package-lock.json package-lock.json; then
    npm ci --ignore-scripts --no-audit --no-fund
  fi
}

# The parts of the page that are loaded when they are needed, and what each is built from; web/page/parts.js loads them.
declare -A parts=(
  [share]=web/share/share.js
  [lessons]=web/lessons/index.js
  [image]=web/page/image-file.js
  [size]=web/page/size-part.js
  [images]=web/page/images-part.js
  [glossary]=web/page/glossary.js
  [numbers]=web/page/number-reader.js
  [refusals]=web/page/refusals-part.js
  [full]=web/run/full-part.js
  [formats]=web/page/formats-part.js
  [formulas]=web/page/formulas-part.js
  [stack]=web/stack/stack-part.js
  [data]=web/data/data.js
  [training]=web/training/training-part.js
  [map]=web/training/map/map-part.js
  [coordinates]=web/training/coordinates/coordinates-part.js
  [phase]=web/phase/phase-part.js
  [libraries]=web/libraries/libraries-part.js
)
for locale in web/locales/*/; do # every language but English, which is in the page
  locale=$(basename "$locale")
  [ "$locale" = en ] || parts[$locale]=web/locales/$locale/index.js
done

# Chart.js without what the page does not use. Two class fields keep a bundler from dropping the scales of time and of radar
# charts: without these fields the page is 6 kB smaller. The arithmetic of colours, 3 kB, and the curves of easing, 3 kB,
# serve animation and hovering, and so does the search for what is under the pointer, 1 kB.
build_charts() {
  rm -rf build/chart.js
  mkdir build/chart.js
  cp -r node_modules/chart.js/{package.json,dist,helpers} build/chart.js
  sed -e 's/^ static defaults = TimeScale.defaults;$/ static defaults = {};/' \
    -e 's/Interaction\.modes\[mode\]/null/' \
    -e '/^class RadialLinearScale/,/^class TimeScale/ s/callback: Ticks.formatters.numeric/callback: null/' \
    node_modules/chart.js/dist/chart.js >build/chart.js/dist/chart.js
  sed '/^    easeInQuad:/,/^    easeInOutBounce:/d' node_modules/chart.js/dist/chunks/index.js \
    >build/chart.js/dist/chunks/index.js
  echo 'export class Color {}' >build/chart.js/color.js
}

build_page() {
  stale dist/initscope.html web dist/initscope.wasm package.json package-lock.json build.sh || return 0 # written last
  rm -f dist/*.css dist/*.js dist/*.html # also of older builds
  local part version worker
  version=$(node -p 'require("./package.json").version')
  sed -E -e 's/^ +//' -e "s/\{version\}/$version/" web/index.html >dist/index.html
  cp web/licences.txt dist/
  esbuild web/css/page.css --bundle --minify --log-level=warning --outfile=dist/initscope.css
  esbuild web/css/parts/*.css --minify --log-level=warning --outdir=build
  # each is one function of a port, without imports: the page starts workers from its text, or calls it itself
  # the first runs dense layers only: see web/engine/shapes.js
  local -A defined=([worker]=--define:DENSE_ONLY=true [full-worker]=)
  for worker in worker full-worker; do
    # shellcheck disable=SC2086 # one word is one flag
    esbuild "web/run/$worker.js" "${esbuild_flags[@]}" ${defined[$worker]} --global-name=worker "--outfile=build/$worker.bundle" \
      '--banner:js=export default function (port, trains) {' '--footer:js=worker.serve(port, trains); }'
  done
  build_charts
  # so that their base64, packed again on the way, costs no more than they do
  gzip -9cn build/small.wasm >build/small.gz
  gzip -9cn dist/initscope.wasm >build/full.gz
  esbuild web/main.js "${esbuild_flags[@]}" --loader:.gz=binary --loader:.bundle=js \
    --alias:chart.js=./build/chart.js --alias:@kurkle/color=./build/chart.js/color.js \
    --log-override:ignored-bare-import=silent --outfile=dist/initscope.js
  for part in "${!parts[@]}"; do
    esbuild "${parts[$part]}" "${esbuild_flags[@]}" --global-name="initscope.$part" --outfile="dist/$part.js" \
      --loader:.css=text --loader:.gz=binary --loader:.bundle=js "--define:VERSION=\"$version\""
  done
  build_single
}

# The page with all that it refers to in one file. Its scripts are packed, the parts before the main one; a first script
# unpacks them. The policy names all by their hashes.
build_single() {
  node -e '
    const read = (name) => fs.readFileSync(`dist/${name}`, "utf8").trim();
    const hash = (text) => `\x27sha256-${crypto.createHash("sha256").update(text).digest("base64")}\x27`;
    const script = [...process.argv.slice(1), "initscope"].map((name) => read(`${name}.js`)).join("\n");
    const packed = zlib.gzipSync(script, { level: 9 }).toString("base64");
    const unpack = `
      const packed = document.getElementById("packed");
      const bytes = Uint8Array.from(atob(packed.text), (byte) => byte.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      new Response(stream).text().then((text) => {
        packed.remove();
        document.head.append(Object.assign(document.createElement("script"), { text }));
      });`.replace(/\n */g, "");
    const link = /<link rel="stylesheet" href="(.*)">\n/;
    const licences = /<a href="(licences.txt)">(.*)<\/a>/;
    const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    const fold = (_, file, title) => `<details><summary>${title}</summary><pre>${escape(read(file))}</pre></details>`;
    if (!licences.test(read("index.html"))) throw new Error("index.html has no link to the licences");
    const style = read(read("index.html").match(link)[1]);
    const page = read("index.html")
      .replace(link, () => `<style>${style}</style>\n`)
      .replace(/<script defer .*\n/, "")
      .replace(licences, fold)
      .replace("</body>", () => `<script type="text/plain" id="packed">${packed}</script>\n<script>${unpack}</script>\n</body>`)
      .replace("script-src \x27self\x27", `script-src ${hash(unpack)} ${hash(script)}`)
      .replace("style-src \x27self\x27", `style-src ${hash(style)}`);
    fs.writeFileSync("dist/initscope.html", page + "\n");' "${!parts[@]}"
}

build() {
  mkdir -p build dist
  build_wasm
  # tests are not to write what they then check
  [ "$verb" = test ] || { node web/engine/generate.js && node web/engine/generate-libraries.js; }
  build_page
  echo "dist/initscope.wasm: $(gzip -9cn dist/initscope.wasm | wc -c) bytes gzipped, no imports; of these the page opens with" \
    "$(wc -c <build/small.gz)"
  echo "the whole page: $(gzip -9cn dist/{index.html,initscope.css,initscope.js} | wc -c) bytes gzipped"
  local part
  for part in "${!parts[@]}"; do echo "and dist/$part.js when needed: $(gzip -9cn "dist/$part.js" | wc -c) bytes gzipped"; done
  echo "dist/initscope.html, all of it in one file: $(wc -c <dist/initscope.html) bytes"
}

serve() {
  build
  exec node --input-type=module -e '
    import { context } from "esbuild";
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit());
    const { port } = await (await context({})).serve({ servedir: "dist", host: "127.0.0.1" });
    console.log(`Initscope is ready: http://127.0.0.1:${port}/`);'
}

soak() {
  build
  node --expose-gc tests/js/soak.js "${1:-300}"
}

# What needs no browser.
test_engine() {
  test_native
  test_variants
  if can_fuzz; then fuzz 20; else echo "skipped: fuzzing, without clang ('./build.sh fuzz' installs it)"; fi
  soak 20
  node --test --test-reporter=spec tests/js/*.test.js
}

# test_browsers ENGINE...: one browser at a time.
test_browsers() {
  local engine failed=0
  FIREFOX=$(find_firefox)
  export FIREFOX
  for engine; do
    BROWSERS=$engine node --test --test-reporter=spec --test-concurrency=1 tests/browsers/*.test.js || failed=1
  done
  return $failed
}

browsers() {
  build
  CHROMIUM=$(find_chromium)
  export CHROMIUM
  local engines=(chromium firefox)
  if has_webkit; then engines+=(webkit); else echo "skipped: WebKitGTK, without WebKitWebDriver and Xvfb"; fi
  test_browsers "${engines[@]}" || die "some tests failed: see above"
}

# Engine and page are tested side by side: no test of either depends on how busy the machine is. The tests of the page take
# the longest, so two files of them run at a time. Firefox comes after them.
run_tests() {
  build
  mkdir -p build/tests
  local log=build/tests/engine.log engine failed=0
  CHROMIUM=$(find_chromium)
  export CHROMIUM
  test_engine >"$log" 2>&1 &
  engine=$!
  node --test --test-reporter=spec --test-concurrency=2 tests/page/*.test.js || failed=1
  test_browsers firefox || failed=1
  wait "$engine" || failed=1
  cat "$log"
  [ $failed = 0 ] || die "some tests failed: see above"
}

# The libraries that the benchmark compares with are installed only for it.
install_peers() {
  ! stale tests/bench/node_modules/.package-lock.json tests/bench/package-lock.json ||
    npm ci --prefix tests/bench --ignore-scripts --no-audit --no-fund
}

build_bench() {
  stale build/bench/index.html c web tests/bench/*.{c,html,js} build.sh || return 0
  local bench_api name
  mkdir -p build/bench
  bench_api=$(grep -oh '\<bench_[a-z_]*' tests/bench/bench.c | sort -u | sed 's/^/_/' | paste -sd, -)
  emcc -O2 -msimd128 "${c_flags[@]}" "${wasm_flags[@]}" -Ic build/wasm/*.o tests/bench/bench.c -o build/bench/bench.wasm \
    -sINITIAL_MEMORY=134217728 "-sEXPORTED_FUNCTIONS=$(api),$bench_api"
  emcc -O3 "${c_flags[@]}" "${wasm_flags[@]}" tests/bench/scalar.c -o build/bench/scalar.wasm \
    -sEXPORTED_FUNCTIONS=_scalar_drawn,_scalar_normal,_scalar_uniform
  for name in contest worker; do
    esbuild "tests/bench/$name.js" "${esbuild_flags[@]}" --outfile="build/bench/$name.js"
  done
  esbuild tests/bench/tfjs.js --bundle --platform=node --format=cjs --main-fields=module,main --log-level=warning \
    --outfile=build/bench/tfjs.cjs
  cp tests/bench/contest.html build/bench/index.html
}

bench() {
  build
  install_peers
  build_bench
  CHROMIUM=$(find_chromium) EMSCRIPTEN_VERSION=$(emcc -dumpversion) node tests/bench/bench.js
}

check() {
  local failed=0
  clang-format --dry-run -Werror {c,c/small,tests/c,tests/fuzz,tests/bench}/*.[ch] || failed=1
  biome check --error-on-warnings || failed=1
  tsc --noEmit -p . || failed=1
  node tests/layout.js || failed=1
  return $failed
}

verb=${1:-build}
case $verb in
  build | serve | check | bench | browsers) require "$verb"; "$verb" ;;
  fuzz | soak)
    [[ "${2:-1}" =~ ^[1-9][0-9]{0,8}$ ]] || die "'$2' is no number of seconds, of which $verb needs at least 1"
    require "$verb"
    "$verb" "${@:2}"
    ;;
  test) require test; run_tests ;;
  help) help ;;
  *) die "unknown verb '$verb'; './build.sh help' lists them" ;;
esac
