#!/usr/bin/env bash
# drawn.sh: which values JAX, PyTorch and tinygrad draw in bfloat16; rewrites tests/reference/drawn.tsv.
#
# Each library is installed into a temporary folder and removed. Needs: python3.12 or later with venv (another by PYTHON),
# and for tinygrad a compiler, clang 15 or later (another by CC).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
table=../tests/reference/drawn.tsv
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# rows_of LIBRARY PACKAGE...
rows_of() {
  "${PYTHON:-python3}" -m venv "$work/$1"
  "$work/$1/bin/pip" install -q "${@:2}" numpy==2.4.6 >&2
  DEFAULT_FLOAT=BFLOAT16 DEV=CPU JAX_PLATFORMS=cpu "$work/$1/bin/python" -W ignore drawn.py "$1"
}

{
  echo '# What libraries draw in bfloat16, by findings/drawn.sh: JAX 0.12.0.1, PyTorch 2.15.0, tinygrad 0.14.0.'
  echo '# values: bits of bfloat16, all that occur; of PyTorch those from 3/4 of the bound on. lowest: share of the lowest value.'
  printf 'library\tcall\tscheme\tfanIn\tfanOut\tdrawn\tlowest\tvalues\n'
  rows_of jax jax==0.12.0.1
  rows_of pytorch torch==2.15.0
  rows_of tinygrad tinygrad==0.14.0
} >"$work/drawn.tsv"
mv "$work/drawn.tsv" "$table"
