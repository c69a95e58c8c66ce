/**
 * data-kinds.js: what is known of each data before it is made, in one table: how large an example is, how many classes
 * and examples there are, and which options it takes. A file that needs only this does not bring in the digits.
 *
 * It makes no data: data.js does.
 */

const POINTS = { shape: [2], classes: 2, examples: 400, fields: ['seed', 'labels', 'heldOut'] };
const DIGITS = { classes: 10, examples: 1797, fields: ['seed', 'labels', 'heldOut', 'pixels'] };

/**
 * By name. `shape` is that of one example: [numbers], or [height, width, channels] of an image. `examples` counts also
 * those held out. `fields` are the options of makeData.
 * @type {Record<string, { shape: number[], classes: number, examples: number, fields: string[] }>}
 */
export const DATA_KINDS = {
  digits: { shape: [64], ...DIGITS },
  'digit-images': { shape: [8, 8, 1], ...DIGITS },
  spirals: POINTS,
  circles: POINTS,
};

/** The names that makeData knows. */
export const DATA_NAMES = Object.keys(DATA_KINDS);
