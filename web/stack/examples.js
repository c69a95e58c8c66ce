/**
 * examples.js: networks that people know, as lines of the stack notation. Their names for readers are in the locales.
 */
import { PRESET_NAMES, presetLayers } from '../engine/presets.js';
import { formatStack } from '../engine/stack.js';

/** Residual networks for the digits. */
const SIZES = { inputs: 64, width: 64, blocks: 8, outputs: 10 };

/** @type {Record<string, string>} */
export const EXAMPLES = {
  mlp: '784-512-256-128-10',
  deep: '256-20*256',
  lenet: '28x28x1-conv6:5x5:tanh-avgpool2-conv16:5x5:padding=valid:tanh-avgpool2-120:tanh-84:tanh-10',
  alexnet:
    '64x64x3-conv64:11x11:stride=4:padding=2-maxpool3:stride=2-conv192:5x5:padding=2-maxpool3:stride=2-' +
    'conv384-conv256-conv256-maxpool3:stride=2-flatten-1024-1024-100',
  vgg: '32x32x3-2*conv32-maxpool2-2*conv64-maxpool2-2*conv128-maxpool2-256-10',
  depthwise:
    '32x32x3-conv16:stride=2-conv16:groups=16-conv32:1x1-conv32:groups=32:stride=2-conv64:1x1-conv64:groups=64-' +
    'conv64:1x1-gap-10',
  dcgan:
    '100-convT128:4x4-convT64:4x4:stride=2:padding=1-convT32:4x4:stride=2:padding=1-' +
    'convT3:4x4:stride=2:padding=1:tanh',
  autoencoder:
    '28x28x1-conv16:stride=2-conv32:stride=2-convT16:stride=2:padding=1:output-padding=1-' +
    'convT1:stride=2:padding=1:output-padding=1:sigmoid',
  // Sitzmann et al. 2020: U(-1/2, 1/2) for two inputs, then U(+-sqrt(6 / 256) / 30)
  siren: '2-256:sin=30:uniform=0.5-4*256:sin=30:uniform=0.005103-3:linear:uniform=0.005103',
  swiglu: '256-6*(rmsnorm-1024:linear-swiglu-256:linear-add4)-rmsnorm-10:linear',
  ...Object.fromEntries(PRESET_NAMES.map((name) => [name, formatStack(presetLayers(name, SIZES))])),
};
