#!/usr/bin/env bash
# tfjs-zero.sh: an initializer of TensorFlow.js takes a 0 for no argument, and its truncated variance scaling is uniform.
#
# Guess, written down before: randomUniform({minval: 0, maxval: 1}) draws from U(0, 1), randomNormal({stddev: 0}) gives zeros,
# and varianceScaling({distribution: 'truncatedNormal'}) draws a truncated normal.
# Seen on 29 November 2026, @tensorflow/tfjs 4.22.0 on its CPU backend: the first draws from U(-0.05, 1), the second has a std
# of 0.05, since a 0 is replaced by the default; the third is uniform, with the std 1 / sqrt(fan_in) asked for.
#
# Installs pinned packages into a temporary folder. Exits with 1 if a figure is not within 2 % of these.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs@4.22.0
cat >run.cjs <<'END'
const tf = require('@tensorflow/tfjs');

/** Least and largest value, mean, std and kurtosis of 300 x 1000 values. */
async function drawn(initializer) {
  const values = await initializer.apply([300, 1000], 'float32').data();
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const moment = (power) => values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
  const ends = values.reduce(([lo, hi], value) => [Math.min(lo, value), Math.max(hi, value)], [Infinity, -Infinity]);
  return { least: ends[0], largest: ends[1], std: Math.sqrt(moment(2)), kurtosis: moment(4) / moment(2) ** 2 };
}

(async () => {
  await tf.setBackend('cpu');
  console.log('@tensorflow/tfjs', tf.version.tfjs);
  const uniform = await drawn(tf.initializers.randomUniform({ minval: 0, maxval: 1, seed: 1 }));
  const normal = await drawn(tf.initializers.randomNormal({ stddev: 0, seed: 1 }));
  const scaling = { scale: 1, mode: 'fanIn', distribution: 'truncatedNormal', seed: 1 };
  const truncated = await drawn(tf.initializers.varianceScaling(scaling));
  console.log({ uniform, normal, truncated });
  const isNear = (value, expected) => Math.abs(value / expected - 1) < 0.02;
  const same =
    isNear(uniform.least, -0.05) && isNear(uniform.largest, 1) && isNear(normal.std, 0.05) &&
    isNear(truncated.std, Math.sqrt(1 / 300)) && isNear(truncated.kurtosis, 1.8);
  process.exit(same ? 0 : 1);
})();
END
node run.cjs
