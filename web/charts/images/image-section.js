/**
 * image-section.js: the section that only networks of images have: the kernel that slides over an image, the signal by
 * position, the first layer's kernels, and the chosen layer's feature maps.
 *
 * The kernels of A and B share a scale. Every other picture has its own, which its caption gives. All numbers come with
 * the reply. Until they do the previous picture stays; it turns pale if the networks cannot be run.
 */

import { hasWeights } from '../../engine/kinds.js';
import { layerShown, shapesOfLayers } from '../../engine/shapes.js';
import * as sentences from '../../locales/en/images.js';
import * as captions from '../../locales/en/seen.js';
import { MOST_KERNELS } from '../../run/messages.js';
import { LETTERS } from '../../state/letters.js';
import { write } from '../write.js';
import { createKernelPicture } from './kernel.js';
import { columnsOf, drawImages, mix, rangeOf, rgbOf } from './pixels.js';

/** @typedef {import('../../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('../../run/reply.js').Network} Network */

/** At most this many feature maps are shown. */
const MOST_IMAGES = 32;

/** A weight this many std from 0 is black or white. */
const REACH = 2.5;

/**
 * What the page hands to the section. Both are read each time, as language and theme may change.
 * @typedef {object} Page
 * @property {() => ImageWords} words
 * @property {Record<string, string>} colours
 */

/** @typedef {typeof import('../../locales/en/images.js') & typeof import('../../locales/en/seen.js')} ImageWords */

/**
 * @param {HTMLElement} section
 * @param {{ words: () => object, colours: Record<string, string> }} given words: those of the page. This part holds its
 *   English words; other languages bring their own
 */
export function createImageSection(section, given) {
  /** @type {Page} */
  const page = { ...given, words: () => ({ ...captions, ...sentences, ...given.words() }) };
  const find = (/** @type {string} */ selector) => /** @type {any} */ (section.querySelector(selector));
  const kernel = createKernelPicture(find('#counting .picture'), page.words);

  /**
   * The picture of a kernel needs the spec only, not a run.
   * @param {import('../../engine/spec.js').Layer[]} layers of the spec
   * @param {number} shown layer that the section shows: the chosen one, if it has images
   * @param {number} chosen layer
   * @param {string[] | null} names of the layers
   */
  function updateKernel(layers, shown, chosen, names) {
    const shape = kernelOf(layers, shown);
    if (!shape) return;
    find('#counting').hidden = false;
    write(find('#counting h3'), page.words().figureWords.counting(shape, shown, chosen, names));
    kernel.update(shape);
  }

  /** @param {Network[]} networks @param {number} chosen @param {string[] | null} names of the layers */
  function update(networks, chosen, names) {
    const [{ spec }] = networks;
    const kind = spec.layers[0].kind === 'dense' ? 'dense' : 'conv';
    const shown = layerShown(spec.layers, chosen);
    const name = names?.[shown - 1];
    const shownLayers = networks.map(({ layers }) => layers[shown - 1]);
    writeTitles(page, section, kind);
    find('.places').hidden = kind !== 'conv';
    if (kind === 'conv') {
      updateKernel(spec.layers, shown, chosen, names);
      drawPositions(page, find, shownLayers, shown, name);
    } else {
      find('#counting').hidden = true;
    }
    drawSeen(page, find, networks, shownLayers, name);
    const failed = networks.every(({ error }) => error);
    for (const row of ['.places', '.seen']) find(row).classList.toggle('stale', failed);
  }

  return { update };
}

/** @param {Page} page @param {HTMLElement} section @param {'conv' | 'dense'} kind */
function writeTitles({ words }, section, kind) {
  const { title, what, as } = words().figureWords.kinds[kind];
  write(/** @type {Element} */ (section.querySelector('h2')), title);
  for (const span of section.querySelectorAll('.kernels .what')) write(span, what);
  for (const span of section.querySelectorAll('.kernels .as')) write(span, as);
}

/**
 * The shape of a layer's kernel, with its fans.
 * @param {any[]} layers of a spec
 * @param {number} layer
 * @returns {any} KernelShape; null if the layer is dense, or if the spec is refused
 */
function kernelOf(layers, layer) {
  try {
    const { in: below, out, rows, conv } = shapesOfLayers(layers)[layer - 1];
    if (!conv) return null;
    const [height, width] = conv.kernel;
    return {
      ...conv,
      channelsIn: below.channels,
      channelsOut: out.channels,
      size: [below.height, below.width],
      fanIn: rows,
      fanOut: (height * width * out.channels) / conv.groups,
    };
  } catch {
    return null;
  }
}

/**
 * Draws the root mean square at each position of a layer's output, over batch and channels.
 * @param {Page} page
 * @param {(selector: string) => any} find
 * @param {(Layer | undefined)[]} layers the shown layer of A and of B
 * @param {number} shown number of that layer
 * @param {string} [name] of that layer
 */
function drawPositions({ words, colours }, find, layers, shown, name) {
  LETTERS.forEach((letter, i) => {
    const layer = layers[i];
    if (!layer?.places || !layer.size) return;
    const { squares } = layer.places;
    const [height, width] = layer.size;
    const most = Math.sqrt(rangeOf(squares).most) || 1;
    const [low, high] = [rgbOf(colours.paper), rgbOf(colours[letter])];
    const caption = words().placesWords(letter, shown, layer.places, most, name);
    showPicture(find(`.places .${letter}`), caption, (canvas) =>
      drawImages(canvas, { count: 1, columns: 1, height, width }, (_, y, x) =>
        mix(low, high, Math.sqrt(squares[y * width + x]) / most),
      ),
    );
  });
}

/**
 * Draws kernels, feature maps and the input.
 * @param {Page} page
 * @param {(selector: string) => any} find
 * @param {Network[]} networks
 * @param {(Layer | undefined)[]} layers the shown layer of A and of B
 * @param {string} [name] of that layer
 */
function drawSeen(page, find, networks, layers, name) {
  const stds = networks.map((network) => network.layers[0]?.std ?? 0);
  const reach = REACH * Math.max(...stds) || 1;
  const { clientWidth, clientHeight } = find('.kernels .A canvas');
  const ratio = clientWidth / clientHeight || 1; // of the box that the style sheet gives them
  LETTERS.forEach((letter, i) => {
    drawKernels(page, find(`.kernels .${letter}`), letter, networks[i], reach, ratio);
    drawMaps(page, find(`.maps .${letter}`), letter, networks[i], layers[i], ratio, name);
  });
  drawInput(page, find, networks[0]);
}

/** The channels that are drawn as red, green and blue: the first three, or one as grey. @param {number} channels */
const planesOf = (channels) => [0, 1, 2].map((c) => (channels < 3 ? 0 : c));

/**
 * Draws the first layer's weights: a kernel is an image of three channels, or a grey one.
 * @param {Page} page
 * @param {HTMLElement} figure
 * @param {'A' | 'B'} letter
 * @param {Network} network
 * @param {number} reach the weight that is white
 * @param {number} ratio width of the box divided by its height
 */
function drawKernels({ words }, figure, letter, { seen, images, layers: [first], spec }, reach, ratio) {
  if (!seen || !first) return;
  const { kernels } = seen;
  const asked = /** @type {any} */ (spec.layers[0]);
  figure.hidden = !hasWeights(asked);
  if (figure.hidden) return;
  const { units, channelsOut } = asked;
  const count = Math.min(MOST_KERNELS, units ?? channelsOut);
  const [height, width] = first.kernel ?? images?.size ?? [1, 1];
  const channels = kernels.length / (height * width * count);
  const layout = { count, height, width, columns: columnsOf({ count, height, width }, ratio) };
  const kind = first.kernel ? 'conv' : 'dense';
  const caption = words().figureWords.kernels(letter, count, units ?? channelsOut, kind, reach, channels);
  const share = (/** @type {number} */ v) => Math.max(-1, Math.min(1, v / reach));
  showPicture(figure, caption, (canvas) =>
    drawImages(canvas, layout, (k, y, x) =>
      planesOf(channels).map((c) => 127.5 + 127.5 * share(kernels[((y * width + x) * channels + c) * count + k])),
    ),
  );
}

/**
 * Draws a layer's activations for one example, an image for each channel. All channels share a scale.
 * @param {Page} page
 * @param {HTMLElement} figure
 * @param {'A' | 'B'} letter
 * @param {Network} network
 * @param {Layer | undefined} layer
 * @param {number} ratio width of the box divided by its height
 * @param {string} [name] of the layer
 */
function drawMaps({ words, colours }, figure, letter, { seen }, layer, ratio, name) {
  if (layer) figure.hidden = !layer.size;
  if (!seen || !layer?.size || seen.layer !== layer.layer) return;
  const { activations } = seen;
  const [height, width] = layer.size;
  const channels = activations.length / (height * width);
  const count = Math.min(channels, MOST_IMAGES);
  const layout = { count, height, width, columns: columnsOf({ count, height, width }, ratio) };
  const range = rangeOf(activations);
  const most = Math.max(-range.least, range.most) || 1;
  const least = range.least < 0 ? -most : 0;
  const [low, high] = [rgbOf(colours.paper), rgbOf(colours.ink)];
  const shade = (/** @type {number} */ c, /** @type {number} */ y, /** @type {number} */ x) =>
    mix(low, high, (activations[(y * width + x) * channels + c] - least) / (most - least));
  showPicture(figure, words().figureWords.maps(letter, layer.layer, count, channels, range, name), (canvas) =>
    drawImages(canvas, layout, shade, rgbOf(colours.hairline)),
  );
}

/**
 * Draws the first example of the batch, which is the same for both networks.
 * @param {Page} page
 * @param {(selector: string) => any} find
 * @param {Network} network
 */
function drawInput({ words }, find, { seen, images, layers }) {
  const [height, width] = layers[0]?.sizeIn ?? images?.size ?? [0, 0];
  const channels = seen ? seen.input.length / (height * width) : 0;
  if (!seen || !Number.isInteger(channels)) return;
  const { least, most } = rangeOf(seen.input);
  showPicture(find('.example'), words().figureWords.input, (canvas) =>
    drawImages(canvas, { count: 1, columns: 1, height, width }, (_, y, x) =>
      planesOf(channels).map((c) => (255 * (seen.input[(y * width + x) * channels + c] - least)) / (most - least || 1)),
    ),
  );
}

/** @param {HTMLElement} figure @param {string} caption @param {(canvas: HTMLCanvasElement) => void} draw */
function showPicture(figure, caption, draw) {
  const canvas = /** @type {HTMLCanvasElement} */ (figure.querySelector('canvas'));
  draw(canvas);
  canvas.setAttribute('aria-label', caption);
  write(/** @type {Element} */ (figure.querySelector('figcaption')), caption);
}
