#!/usr/bin/env bash
# v8-eight-sums.sh: in V8 up to 12.4, eight SIMD sums in one loop are slower than the same sums in two loops of four; in V8
# 13.6 they are faster.
#
# Guess, written down before: one loop is faster, as it reads its list of terms once and not twice, and eight sums, a
# factor and a load fit into the sixteen registers of x86-64.
# Seen on 29 November 2026, on x86-64, by WebAssembly that wabt 1.0.39 assembled. Two loops of four sums take this share
# of the time of one loop of eight: 0.70 in Node 20.20.2 (V8 11.3), 0.64 in Node 22.12.0 (V8 12.4), and 1.20 in Node 24.0.0
# (V8 13.6). It looks as if the older ones load all weights of a turn before the first product, and run out of registers.
# So the faster form of a kernel depends on the version of the engine, although the module is the same.
#
# Installs pinned packages into a temporary folder. Exits with 1 if two loops are not faster by a tenth in the first two, or
# not slower in the last.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent wabt@1.0.39
cat >run.cjs <<'END'
const wabt = require('wabt');

// sums sums of four floats: for each of 64 terms, sum i += factor * weights[term + i]
const loop = (sums, from) => {
  const all = Array.from({ length: sums }, (_, i) => i);
  return `
    (local.set $t (local.get $terms))
    ${all.map((i) => `(local.set $s${i} (v128.const i32x4 0 0 0 0))`).join('\n')}
    (loop $next
      (local.set $x (v128.load32_splat (local.get $t)))
      (local.set $w (i32.add (local.get $weights) (i32.load offset=4 (local.get $t))))
      ${all
        .map(
          (i) => `(local.set $s${i} (f32x4.add (local.get $s${i})
            (f32x4.mul (local.get $x) (v128.load offset=${16 * (from + i)} (local.get $w)))))`,
        )
        .join('\n')}
      (local.set $t (i32.add (local.get $t) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $t) (local.get $end))))
    ${all.map((i) => `(v128.store offset=${16 * (from + i)} (local.get $out) (local.get $s${i}))`).join('\n')}`;
};
const locals = '(local $t i32) (local $w i32) (local $x v128) ' + Array.from({ length: 8 }, (_, i) => `(local $s${i} v128)`).join(' ');
const parameters = '(param $terms i32) (param $end i32) (param $weights i32) (param $out i32)';
const repeated = (name, body) => `
  (func $${name}1 ${parameters} ${locals} ${body})
  (func (export "${name}") (param $times i32)
    (loop $again
      (call $${name}1 (i32.const 0) (i32.const 512) (i32.const 1024) (i32.const 65536))
      (local.set $times (i32.sub (local.get $times) (i32.const 1)))
      (br_if $again (local.get $times))))`;
const text = `(module (memory (export "memory") 2)
  ${repeated('eight', loop(8, 0))}
  ${repeated('four', loop(4, 0) + loop(4, 4))})`;

(async () => {
  const { parseWat } = await wabt();
  const { buffer } = parseWat('sums.wat', text, { simd: true }).toBinary({});
  const { exports } = (await WebAssembly.instantiate(buffer, {})).instance;
  const memory = new DataView(exports.memory.buffer);
  for (let i = 0; i < 64; i++) {
    memory.setFloat32(8 * i, i / 64, true);
    memory.setUint32(8 * i + 4, 128 * ((37 * i) % 64), true);
  }
  for (let i = 0; i < 64 * 32; i++) memory.setFloat32(1024 + 4 * i, Math.sin(i), true);
  const results = () => new Uint8Array(exports.memory.buffer, 65536, 128).slice().join();
  exports.eight(1);
  const one = results();
  exports.four(1);
  if (results() !== one) throw new Error('the two give different sums');
  const time = (name) => {
    const begun = performance.now();
    exports[name](20000);
    return performance.now() - begun;
  };
  for (let i = 0; i < 5; i++) time('eight'), time('four');
  const ratios = Array.from({ length: 31 }, (_, i) => {
    const [first, second] = i % 2 ? ['eight', 'four'] : ['four', 'eight'];
    const times = { [first]: time(first), [second]: time(second) };
    return times.four / times.eight;
  }).sort((a, b) => a - b);
  const ratio = ratios[15];
  console.log(`node ${process.version}, V8 ${process.versions.v8}, ${process.arch}: two loops of four sums take ${ratio.toFixed(2)}`,
    `of the time of one loop of eight (quarter of the runs below ${ratios[7].toFixed(2)}, quarter above ${ratios[23].toFixed(2)})`);
  process.exitCode = (process.argv[2] === 'faster' ? ratio < 0.9 : ratio > 1) ? 0 : 1;
})();
END
failed=0
for run in 20.20.2:faster 22.12.0:faster 24.0.0:slower; do
  npm install --no-audit --no-fund --silent --no-save "node@${run%:*}"
  node_modules/.bin/node run.cjs "${run#*:}" || failed=1
done
exit $failed
