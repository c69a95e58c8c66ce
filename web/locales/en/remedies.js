/** remedies.js: offers of a number with which a network fits, in English. Which number fits is found in state/remedies.js. */
import { count } from './numbers.js';

/** By the control. @type {Record<string, (value: number) => string>} */
export const REMEDIES = {
  batch: (value) => `Use a batch of ${value}`,
  depth: (value) => `Use a depth of ${value}`,
  width: (value) => `Use a width of ${value}`,
  inputs: (value) => `Use ${count(value)} inputs`,
  channels: (value) => `Use ${value} ${value === 1 ? 'channel' : 'channels'}`,
  kernel: (value) => `Use a kernel of ${value} × ${value}`,
  size: (value) => `Use images of ${value} × ${value}`,
};
