/*
 * What only networks of images show: the kernel that is slid over them, the signal by place, and what the first layer's
 * kernels and the chosen layer's activations look like. A and B share a scale for kernels; of all else each is seen in
 * its own full colour, which is told. The numbers come with the reply; where they are not there yet, the last picture
 * stands, and pale where none will come.
 */

import { layerShown, PADDINGS, shapesOfLayers } from '../../engine/shapes.js';
import { words } from '../../locales/words.js';
import { RGB } from '../../state/networks.js';
import { LETTERS } from '../../state/state.js';
import { colours } from '../common.js';
import { write } from '../text.js';
import { createKernel } from './kernel.js';
import { between, columnsOf, drawImages, rangeOf, rgbOf } from './pixels.js';

/** @typedef {import('../../engine/engine.js').PassedLayer} Layer */
/** @typedef {import('../../run/reply.js').Network} Network */

/** So many kernels or feature maps are shown at most. */
const MOST_IMAGES = 32;

/** A weight of so many std is black or white. */
const REACH = 2.5;

/** @param {HTMLElement} section */
export function createConv(section) {
  const find = (/** @type {string} */ selector) => /** @type {any} */ (section.querySelector(selector));
  const kernel = createKernel(find('#counting .picture'));

  /** The picture of a kernel needs no run. @param {import('../../engine/spec.js').Layer[]} layers of a spec
   * @param {number} shown @param {number} chosen */
  function updateKernel(layers, shown, chosen) {
    const shape = kernelOf(layers, shown);
    if (!shape) return;
    find('#counting').hidden = false;
    write(find('#counting h3'), words.figureWords.counting(shape, shown, chosen));
    kernel.update(shape);
  }

  /** @param {Network[]} networks @param {number} chosen */
  function update(networks, chosen) {
    const [{ spec, images }] = networks;
    const { kind } = spec.layers[0];
    section.hidden = kind !== 'conv' && !images;
    if (section.hidden) return;
    const shown = layerShown(spec.layers, chosen);
    const here = networks.map(({ layers }) => layers[shown - 1]);
    writeTitles(section, kind);
    find('.places').hidden = kind !== 'conv';
    if (kind === 'conv') {
      updateKernel(spec.layers, shown, chosen);
      updatePlaces(find, here, shown);
    } else {
      find('#counting').hidden = true;
    }
    updateSeen(find, networks, here);
    const failed = networks.every(({ error }) => error);
    for (const row of ['.places', '.seen']) find(row).classList.toggle('stale', failed);
  }

  return { update };
}

/** @param {HTMLElement} section @param {'conv' | 'dense'} kind */
function writeTitles(section, kind) {
  const { title, what, as } = words.figureWords.kinds[kind];
  write(/** @type {Element} */ (section.querySelector('h2')), title);
  for (const span of section.querySelectorAll('.kernels .what')) write(span, what);
  for (const span of section.querySelectorAll('.kernels .as')) write(span, as);
}

/**
 * What the picture of a kernel is drawn from, truly counted; it needs no run. null where the spec is of no network.
 * @param {any[]} layers of a spec @param {number} layer @returns {any}
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
      padding: PADDINGS[conv.padding],
      fanIn: rows,
      fanOut: (height * width * out.channels) / conv.groups,
    };
  } catch {
    return null;
  }
}

/**
 * @param {(selector: string) => any} find
 * @param {(Layer | undefined)[]} here
 * @param {number} shown
 */
function updatePlaces(find, here, shown) {
  LETTERS.forEach((letter, i) => {
    const layer = here[i];
    if (!layer?.places || !layer.size) return;
    const { squares } = layer.places;
    const [height, width] = layer.size;
    const most = Math.sqrt(rangeOf(squares).most) || 1;
    const [low, high] = [rgbOf(colours.paper), rgbOf(colours[letter])];
    const told = words.placesWords(letter, shown, layer.places, most);
    show(find(`.places .${letter}`), told, (canvas) =>
      drawImages(canvas, { count: 1, columns: 1, height, width }, (_, y, x) =>
        between(low, high, Math.sqrt(squares[y * width + x]) / most),
      ),
    );
  });
}

/**
 * @param {(selector: string) => any} find
 * @param {Network[]} networks
 * @param {(Layer | undefined)[]} here
 */
function updateSeen(find, networks, here) {
  const stds = networks.map(({ layers }) => layers[0]?.std ?? 0);
  const reach = REACH * Math.max(...stds) || 1;
  const { clientWidth, clientHeight } = find('.kernels .A canvas');
  const ratio = clientWidth / clientHeight || 1; // of the box into which the style sheet fits them
  LETTERS.forEach((letter, i) => {
    drawKernels(find(`.kernels .${letter}`), letter, networks[i], reach, ratio);
    drawMaps(find(`.maps .${letter}`), letter, networks[i], here[i], ratio);
  });
  updateInput(find, networks[0]);
}

/** The first layer's weights. @param {HTMLElement} figure @param {'A' | 'B'} letter @param {Network} network
 * @param {number} reach @param {number} ratio */
function drawKernels(figure, letter, { seen, images, layers: [first], spec }, reach, ratio) {
  if (!seen || !first) return;
  const { kernels } = seen;
  const [height, width] = first.kernel ?? images?.size ?? [1, 1];
  const values = height * width * RGB;
  const count = kernels.length / values;
  const sheet = { count, height, width, columns: columnsOf({ count, height, width }, ratio) };
  const { kind, units, channelsOut } = /** @type {any} */ (spec.layers[0]);
  const told = words.figureWords.kernels(letter, count, units ?? channelsOut, kind, reach);
  const share = (/** @type {number} */ v) => Math.max(-1, Math.min(1, v / reach));
  show(figure, told, (canvas) =>
    drawImages(canvas, sheet, (k, y, x) =>
      [0, 1, 2].map((c) => 127.5 + 127.5 * share(kernels[((y * width + x) * RGB + c) * count + k])),
    ),
  );
}

/** A layer's activations, each network's on a scale of its own. @param {HTMLElement} figure
 * @param {'A' | 'B'} letter @param {Network} network @param {Layer | undefined} layer @param {number} ratio */
function drawMaps(figure, letter, { seen }, layer, ratio) {
  if (layer) figure.hidden = !layer.size;
  if (!seen || !layer?.size || seen.layer !== layer.layer) return;
  const { activations } = seen;
  const [height, width] = layer.size;
  const channels = activations.length / (height * width);
  const count = Math.min(channels, MOST_IMAGES);
  const sheet = { count, height, width, columns: columnsOf({ count, height, width }, ratio) };
  const range = rangeOf(activations);
  const most = Math.max(-range.least, range.most) || 1;
  const least = range.least < 0 ? -most : 0;
  const [low, high] = [rgbOf(colours.paper), rgbOf(colours.ink)];
  const shade = (/** @type {number} */ c, /** @type {number} */ y, /** @type {number} */ x) =>
    between(low, high, (activations[(y * width + x) * channels + c] - least) / (most - least));
  show(figure, words.figureWords.maps(letter, layer.layer, count, channels, range), (canvas) =>
    drawImages(canvas, sheet, shade, rgbOf(colours.hairline)),
  );
}

/** The first example of the batch: both networks get the same. @param {(selector: string) => any} find
 * @param {Network} network */
function updateInput(find, { seen, images, layers }) {
  const [height, width] = layers[0]?.sizeIn ?? images?.size ?? [0, 0];
  if (!seen || height * width * RGB !== seen.input.length) return;
  const { least, most } = rangeOf(seen.input);
  show(find('.example'), words.figureWords.input, (canvas) =>
    drawImages(canvas, { count: 1, columns: 1, height, width }, (_, y, x) =>
      [0, 1, 2].map((c) => (255 * (seen.input[(y * width + x) * RGB + c] - least)) / (most - least || 1)),
    ),
  );
}

/** @param {HTMLElement} figure @param {string} told @param {(canvas: HTMLCanvasElement) => void} draw */
function show(figure, told, draw) {
  const canvas = /** @type {HTMLCanvasElement} */ (figure.querySelector('canvas'));
  draw(canvas);
  canvas.setAttribute('aria-label', told);
  write(/** @type {Element} */ (figure.querySelector('figcaption')), told);
}
