/**
 * image-names.js: the names of what goes into a network as images. They stand apart from what makes the images, so that the page,
 * which needs the names only, is bundled without it.
 */

/** The names of the images that the project ships, in the order of the page's menu. */
export const IMAGES = Object.freeze(['bricks', 'clouds', 'wood', 'leaves']);

/** The name of the reader's own image. */
export const OWN = 'own';

/** How pixels are scaled: to mean 0 and mean square 1 over the batch, or left at 0..255. */
export const PIXELS = ['normalised', 'raw'];
