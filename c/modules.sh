# modules.sh: builds the WebAssembly modules from the files of c/, for build.sh, which reads this file.
#
# The full module, dist/initscope.wasm, is the library. The small one, build/small.wasm, is all that the page opens with:
# it leaves out some files, and gives the same bits where both can run a network. build/defaults.wasm is one table, for
# web/engine/generate-libraries.js. `stale` and c_flags come from build.sh.
# shellcheck shell=bash disable=SC2154

# The files that only the full module has; c/small/absent.c stands in for what the others call of them.
only_full=(blocks conv defaults drawn format hermite matrix mix_given norm objective optimizer peculiar phase pool predict_blocks
  predict_scaled predict_shifted region scaled shifted sum train transposed unit)

module_bytes() { sed -n "s/^ *$1 = \([0-9]*\),.*/\1/p" c/limits.h; }
wasm_flags=(--no-entry -sSTANDALONE_WASM -sMALLOC=emmalloc -sABORTING_MALLOC=0
  "-sINITIAL_MEMORY=$(module_bytes LEAST_MODULE_BYTES)" -Wl,-z,stack-size=1048576)

# api HEADER SOURCE...: the functions that the header declares with API; without those that files of these names define.
api() {
  local name source header=$1
  shift
  for name in $(sed -n 's/^API [^(]*[ *]\([a-z0-9_]*\)(.*/\1/p' "c/$header.h"); do
    for source; do ! grep -q "^[a-z].*[ *]$name(" "c/$source.c" || continue 2; done
    echo "_$name"
  done | paste -sd, -
}

# Hot files are compiled for speed, all others for size. activations.c gained the formulas of theory, which are cold; over
# all of its loops -Os and -O2 took the same time. The linker gets -Os: gzipped, the small module is 1 kB less
# than with -O2, at the same speed. With -Oz small networks take a fifth longer, and with -O3 its optimizer would serialize
# what C computes side by side.
optimize() {
  case $1 in
    c/gemm.c | c/optimizer.c | c/rng.c | c/stats.c) echo -O3 ;;
    c/conv.c | c/drawn.c | c/matrix.c | c/pool.c | c/turn.c) echo -O2 ;;
    *) echo -Os ;;
  esac
}

# link_module OUTPUT EXPORTS OBJECT...: a module is its exports, and asks nothing of its host.
link_module() {
  emcc -Os -msimd128 "${wasm_flags[@]}" "${@:3}" -o "$1" "-sEXPORTED_FUNCTIONS=$2"
  node c/finish.js "$1" "$(module_bytes MODULE_BYTES)"
}

build_wasm() {
  stale dist/initscope.wasm c build.sh || stale build/small.wasm c build.sh || return 0
  local source name objects=() small=()
  rm -rf build/wasm build/small
  mkdir build/wasm build/small
  for source in c/*.c c/small/*.c; do
    name=$(basename "$source" .c)
    [[ $source == c/small/* ]] && name=../small/$name
    emcc -msimd128 "${c_flags[@]}" "$(optimize "$source")" -c "$source" -o "build/wasm/$name.o"
    [[ $source == c/small/* ]] || objects+=("build/wasm/$name.o")
    [[ " ${only_full[*]} " == *" $name "* ]] || small+=("build/wasm/$name.o")
  done
  link_module build/small.wasm "$(api initscope "${only_full[@]}")" "${small[@]}"
  link_module build/initscope.wasm "$(api initscope)" "${objects[@]}"
  link_module build/defaults.wasm "$(api defaults)" build/wasm/defaults.o
  mv build/initscope.wasm dist/
}
