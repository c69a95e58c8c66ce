/**
 * chart-image.js: saves a chart as a PNG: its figure as the page shows it, with title, legend, plots and caption, in
 * the colours of the theme. Lines below the figure say what was run, and give the link.
 *
 * It lays nothing out: text goes where the browser put it, line by line. SVG takes its computed styles along, since no
 * style sheet applies inside an image.
 */
import { keepsPixels } from '../page/readback.js';
import { mayBeBlocked, save, textsOf } from './save.js';

/** Dots to a CSS pixel. */
const FINENESS = 2;

/** CSS pixels around the figure. */
const MARGIN = 20;

/** CSS pixels from one line below the figure to the next. */
const LINE = 18;

/** Style properties that an SVG element takes along. */
const STYLES = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'opacity', 'paint-order'];

/** Those that SVG text takes along as well. */
const TEXT_STYLES = ['font-family', 'font-size', 'font-weight', 'text-anchor'];

/** Elements whose text is left out: what the reader operates, what is hidden, and SVG, which is drawn as an image. */
const LEFT_OUT = 'button:not(.term), input, label:not(.legend *), svg, details, .own, [hidden]';

/**
 * The lines of a text, as the browser has broken them.
 * @param {Text} node
 * @returns {{ text: string, left: number, top: number }[]} in CSS pixels from the corner of the window
 */
function linesOf(node) {
  /** @type {{ text: string, left: number, top: number }[]} */
  const lines = [];
  const range = document.createRange();
  for (const { index, 0: word } of node.data.matchAll(/\S+\s*/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.trimEnd().length);
    const { left, top, width } = range.getClientRects()[0] ?? { left: 0, top: 0, width: 0 };
    const last = lines.at(-1);
    if (last && last.top === top) last.text += word;
    else if (width > 0) lines.push({ text: word, left, top });
  }
  return lines;
}

/** Writes the texts of a figure. @param {CanvasRenderingContext2D} context @param {HTMLElement} figure */
function writeText(context, figure) {
  const walker = document.createTreeWalker(figure, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    const parent = /** @type {Element} */ (node.parentElement);
    if (parent.closest(LEFT_OUT)) continue;
    const { fontStyle, fontWeight, fontSize, fontFamily, color } = getComputedStyle(parent);
    Object.assign(context, { font: `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`, fillStyle: color });
    for (const { text, left, top } of linesOf(node)) {
      context.fillText(text.replace(/\s/g, ' '), left, top + context.measureText(text).fontBoundingBoxAscent);
    }
  }
}

/** Makes an image of an SVG element, as it looks on the page. @param {SVGSVGElement} svg */
async function makeImage(svg) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const { width, height } = svg.getBoundingClientRect();
  for (const [name, value] of Object.entries({ xmlns: 'http://www.w3.org/2000/svg', width, height })) {
    copy.setAttribute(name, String(value));
  }
  const copies = copy.querySelectorAll('*');
  svg.querySelectorAll('*').forEach((element, i) => {
    const style = getComputedStyle(element);
    const names = element.tagName === 'text' ? [...STYLES, ...TEXT_STYLES] : STYLES;
    for (const name of names) copies[i].setAttribute(name, style.getPropertyValue(name));
  });
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(copy.outerHTML)}`;
  await image.decode();
  return image;
}

/**
 * Breaks a text into lines, after spaces and after &: a link has no spaces.
 * @param {CanvasRenderingContext2D} context whose font measures it
 * @param {string} text
 * @param {number} width the most that a line may take, in CSS pixels
 */
function wrap(context, text, width) {
  const lines = [''];
  for (const word of text.match(/[^\s&]+[\s&]*/g) ?? []) {
    const last = lines.length - 1;
    if (lines[last] && context.measureText(lines[last] + word).width > width) lines.push(word);
    else lines[last] += word;
  }
  return lines;
}

/**
 * Paints a figure.
 * @param {HTMLElement} figure
 * @param {string[]} below lines that say what was run
 * @returns {Promise<HTMLCanvasElement>}
 */
async function paint(figure, below) {
  const box = figure.getBoundingClientRect();
  const drawings = [...figure.querySelectorAll('svg')].filter((svg) => svg.getBoundingClientRect().width > 0);
  const images = await Promise.all(drawings.map(makeImage));
  const canvas = document.createElement('canvas');
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const { color, backgroundColor, fontFamily } = getComputedStyle(document.documentElement);
  const font = `12px ${fontFamily}`;
  context.font = font;
  const lines = below.flatMap((text) => wrap(context, text, box.width));
  const [width, height] = [box.width + 2 * MARGIN, box.height + 2 * MARGIN + LINE * lines.length];
  Object.assign(canvas, { width: Math.ceil(width * FINENESS), height: Math.ceil(height * FINENESS) });
  context.scale(FINENESS, FINENESS);
  context.fillStyle = backgroundColor;
  context.fillRect(0, 0, width, height);
  Object.assign(context, { font, fillStyle: color });
  lines.forEach((line, i) => {
    context.fillText(line, MARGIN, box.height + 2 * MARGIN + LINE * i);
  });
  context.translate(MARGIN - box.left, MARGIN - box.top);
  writeText(context, figure);
  drawings.forEach((svg, i) => {
    const { left, top, width, height } = svg.getBoundingClientRect();
    context.drawImage(images[i], left, top, width, height);
  });
  for (const plot of figure.querySelectorAll('canvas')) drawPlot(context, plot);
  return canvas;
}

/**
 * Draws a canvas into its box as the style sheet fits it, with smoothing only where the style sheet allows it.
 * @param {CanvasRenderingContext2D} context
 * @param {HTMLCanvasElement} plot
 */
function drawPlot(context, plot) {
  const { left, top, width, height } = plot.getBoundingClientRect();
  const { objectFit, imageRendering } = getComputedStyle(plot);
  if (plot.width === 0 || width === 0) return;
  const scale = Math.min(width / plot.width, height / plot.height);
  const fitted = objectFit === 'contain' ? [plot.width * scale, plot.height * scale] : [width, height];
  context.imageSmoothingEnabled = imageRendering !== 'pixelated';
  context.drawImage(plot, left, top, fitted[0], fitted[1]);
}

/** The name of the file that holds a figure. @param {HTMLElement} figure @param {string} extension */
export function fileName(figure, extension) {
  const row = figure.parentElement?.className.split(' ').at(-1);
  return `initscope-${figure.id || `${row}-${figure.className}`}.${extension}`;
}

/**
 * Saves a figure as a PNG, and notes the file's name, or why there is no file. Charts are drawn finer meanwhile.
 * @param {HTMLElement} figure
 * @param {import('./sharing.js').Shared} shared
 * @returns {Promise<void>} rejects where the browser cannot make the image
 */
export async function savePicture(figure, { words, run, drawAtOnce, note }) {
  const { saved, mayBlock, pixelsChanged } = textsOf(words);
  if (!keepsPixels()) {
    note(() => pixelsChanged);
    return;
  }
  const name = fileName(figure, 'png');
  figure.classList.add('saving');
  drawAtOnce(FINENESS);
  try {
    const { run: own } = figure.dataset; // networks of its own, which are not the page's A and B
    const canvas = await paint(figure, own ? [own, ...run.slice(-1)] : run);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
    save(/** @type {Blob} */ (blob), name);
  } finally {
    figure.classList.remove('saving');
    drawAtOnce();
  }
  note(() => (mayBeBlocked() ? mayBlock(name) : saved(name)));
}
