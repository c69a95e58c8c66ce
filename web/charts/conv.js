/*
 * What only networks of images show: the kernel that is slid over them, the signal by place, and what the first layer's
 * kernels and the chosen layer's activations look like. A and B share a scale, but for the signal by place, where each
 * is seen in its own full colour. The numbers come with the reply; where
 * they were not there yet, the last picture stands.
 */
import { figureWords, placesWords } from '../locales/seen.js';
import { PADDINGS, shapesOfLayers } from '../shapes.js';
import { LETTERS } from '../state.js';
import { createKernel } from './kernel.js';
import { between, drawImages, largest, rgbOf } from './pixels.js';
import { write } from './table.js';
import { colours } from './theme.js';

/** @typedef {import('../client.js').Layer} Layer */
/** @typedef {import('../client.js').Network} Network */

/** So many kernels or feature maps are shown at most, so many in a row. */
const MOST_IMAGES = 32;
const COLUMNS = 8;

/** A weight of so many std is black or white. */
const REACH = 2.5;

/** @param {HTMLElement} section */
export function createConv(section) {
  const find = (/** @type {string} */ selector) => /** @type {any} */ (section.querySelector(selector));
  const kernel = createKernel(find('#counting .picture'));

  /** @param {Network[]} networks @param {number} chosen */
  function update(networks, chosen) {
    const [{ spec, images }] = networks;
    const last = spec.layers.filter(({ kind }) => kind === 'conv').length; // they come first
    const layer = Math.min(chosen, last); // a head has no kernel of its own
    section.hidden = last === 0 && !images;
    if (section.hidden) return;
    find('#counting').hidden = find('.places').hidden = last === 0;
    const shape = last > 0 ? kernelOf(spec.layers, layer) : null;
    if (shape) {
      kernel.update(shape);
      write(find('#counting h3'), figureWords.counting(shape, layer));
      const convolutions = networks.map(({ layers }) => layers[layer - 1]);
      updatePlaces(find, convolutions, layer);
    }
    const here = networks.map(({ layers }) => layers[chosen - 1]);
    updateSeen(find, networks, here);
  }

  return { update };
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
 * @param {number} chosen
 */
function updatePlaces(find, here, chosen) {
  LETTERS.forEach((letter, i) => {
    const layer = here[i];
    if (!layer?.places || !layer.size) return;
    const { squares } = layer.places;
    const [height, width] = layer.size;
    const most = Math.sqrt(largest([squares]));
    const [low, high] = [rgbOf(colours.paper), rgbOf(colours[letter])];
    const canvas = find(`.places .${letter} canvas`);
    drawImages(canvas, { count: 1, columns: 1, height, width }, (_, y, x) =>
      between(low, high, Math.sqrt(squares[y * width + x]) / most),
    );
    const words = placesWords(letter, chosen, layer.places, most);
    canvas.setAttribute('aria-label', words);
    write(find(`.places .${letter} figcaption`), words);
  });
}

/**
 * @param {(selector: string) => any} find
 * @param {Network[]} networks
 * @param {(Layer | undefined)[]} here
 */
function updateSeen(find, networks, here) {
  const seen = networks.map((network) => network.seen);
  const stds = networks.map(({ layers }) => layers[0]?.std ?? 0);
  const kernelReach = REACH * Math.max(...stds) || 1;
  const mapReach = largest(seen.map((one) => one?.activations ?? []));
  LETTERS.forEach((letter, i) => {
    const [one, layer, first] = [seen[i], here[i], networks[i].layers[0]];
    if (!one || !first) return;
    const { images } = networks[i];
    const [rows, cols] = first.kernel ?? images?.size ?? [1, 1];
    const all = first.weights.size / (rows * cols * RGB);
    const units = one.kernels.length / (rows * cols * RGB);
    const weight = (
      /** @type {number} */ k,
      /** @type {number} */ y,
      /** @type {number} */ x,
      /** @type {number} */ c,
    ) => one.kernels[((y * cols + x) * RGB + c) * units + k];
    const kernels = { count: units, columns: COLUMNS, height: rows, width: cols };
    const grey = (/** @type {number} */ v) => 127.5 + 127.5 * Math.max(-1, Math.min(1, v));
    show(find(`.kernels .${letter}`), figureWords.kernels(letter, units, all), (canvas) =>
      drawImages(canvas, kernels, (k, y, x) => [0, 1, 2].map((c) => grey(weight(k, y, x, c) / kernelReach))),
    );
    const drawn = layer?.size && one.layer === layer.layer;
    find(`.maps .${letter}`).hidden = !layer?.size;
    if (!drawn) return;
    const [height, width] = layer.size ?? [1, 1];
    const channels = one.activations.length / (height * width);
    const maps = { count: Math.min(channels, MOST_IMAGES), columns: COLUMNS, height, width };
    show(find(`.maps .${letter}`), figureWords.maps(letter, layer.layer, maps.count, channels, mapReach), (canvas) =>
      drawImages(canvas, maps, (c, y, x) => {
        const value = grey(one.activations[(y * width + x) * channels + c] / mapReach);
        return [value, value, value];
      }),
    );
  });
  updateInput(find, networks[0]);
}

/** Channels of an image. */
const RGB = 3;

/** The first example of the batch: both networks get the same. @param {(selector: string) => any} find
 * @param {Network} network */
function updateInput(find, { seen, images, layers }) {
  const [height, width] = layers[0]?.sizeIn ?? images?.size ?? [0, 0];
  if (!seen || height * width * RGB !== seen.input.length) return;
  const [least, most] = [Math.min(...seen.input), Math.max(...seen.input)];
  show(find('.example'), figureWords.input, (canvas) =>
    drawImages(canvas, { count: 1, columns: 1, height, width }, (_, y, x) =>
      [0, 1, 2].map((c) => (255 * (seen.input[(y * width + x) * RGB + c] - least)) / (most - least || 1)),
    ),
  );
}

/** @param {HTMLElement} figure @param {string} words @param {(canvas: HTMLCanvasElement) => void} draw */
function show(figure, words, draw) {
  const canvas = /** @type {HTMLCanvasElement} */ (figure.querySelector('canvas'));
  draw(canvas);
  canvas.setAttribute('aria-label', words);
  write(/** @type {Element} */ (figure.querySelector('figcaption')), words);
}
