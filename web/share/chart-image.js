/*
 * A chart as a picture: its figure as it stands on the page, title, legend, plots and caption, on the ground of the
 * theme, and below it what was run and the link to it. Text is written where the browser has laid it out, line by line;
 * what is drawn by SVG takes its looks along, for a picture knows no style sheet.
 */
import { mayBeBlocked, save, textsOf } from './save.js';

/** Dots to a CSS pixel. */
const FINENESS = 2;

/** CSS pixels around the figure, and of the lines below it. */
const MARGIN = 20;
const LINE = 18;

/** What SVG takes along. */
const LOOKS = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'opacity', 'paint-order'];
const LETTERING = ['font-family', 'font-size', 'font-weight', 'text-anchor'];

/** What stands on a figure for the reader to use. */
const TOOLS = 'button, input, label, svg, details, .own, [hidden]';

/**
 * The lines of a piece of text, as the browser has broken them.
 * @param {Text} node
 * @returns {{ text: string, left: number, top: number }[]}
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

/** @param {CanvasRenderingContext2D} context @param {HTMLElement} figure */
function writeText(context, figure) {
  const walker = document.createTreeWalker(figure, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    const parent = /** @type {Element} */ (node.parentElement);
    if (parent.closest(TOOLS)) continue;
    const { fontStyle, fontWeight, fontSize, fontFamily, color } = getComputedStyle(parent);
    Object.assign(context, { font: `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`, fillStyle: color });
    for (const { text, left, top } of linesOf(node)) {
      context.fillText(text.replace(/\s/g, ' '), left, top + context.measureText(text).fontBoundingBoxAscent);
    }
  }
}

/** @param {SVGSVGElement} svg */
async function imageOf(svg) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const { width, height } = svg.getBoundingClientRect();
  for (const [name, value] of Object.entries({ xmlns: 'http://www.w3.org/2000/svg', width, height })) {
    copy.setAttribute(name, String(value));
  }
  const copies = copy.querySelectorAll('*');
  svg.querySelectorAll('*').forEach((element, i) => {
    const style = getComputedStyle(element);
    const looks = element.tagName === 'text' ? [...LOOKS, ...LETTERING] : LOOKS;
    for (const name of looks) copies[i].setAttribute(name, style.getPropertyValue(name));
  });
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(copy.outerHTML)}`;
  await image.decode();
  return image;
}

/** A text in lines that are no wider than this; a link has no spaces. @param {CanvasRenderingContext2D} context
 * @param {string} text @param {number} width */
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
 * @param {HTMLElement} figure @param {string[]} below lines that say what was run
 * @returns {Promise<HTMLCanvasElement>}
 */
async function paint(figure, below) {
  const box = figure.getBoundingClientRect();
  const drawings = [...figure.querySelectorAll('svg')].filter((svg) => svg.getBoundingClientRect().width > 0);
  const images = await Promise.all(drawings.map(imageOf));
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

/** Pixels of an image stay what they are, and fit into their box as the style sheet has them.
 * @param {CanvasRenderingContext2D} context @param {HTMLCanvasElement} plot */
function drawPlot(context, plot) {
  const { left, top, width, height } = plot.getBoundingClientRect();
  const { objectFit, imageRendering } = getComputedStyle(plot);
  if (plot.width === 0 || width === 0) return;
  const scale = Math.min(width / plot.width, height / plot.height);
  const fitted = objectFit === 'contain' ? [plot.width * scale, plot.height * scale] : [width, height];
  context.imageSmoothingEnabled = imageRendering !== 'pixelated';
  context.drawImage(plot, left, top, fitted[0], fitted[1]);
}

/**
 * Saves a figure as a PNG, and says so.
 * @param {HTMLElement} figure
 * @param {import('./sharing.js').Shared} shared
 */
export async function savePicture(figure, { words, run, drawAtOnce, note }) {
  const { saved, mayBlock } = textsOf(words);
  const row = figure.parentElement?.className.split(' ').at(-1);
  const name = `initscope-${figure.id || `${row}-${figure.className}`}.png`;
  drawAtOnce(FINENESS);
  try {
    const canvas = await paint(figure, run);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
    save(/** @type {Blob} */ (blob), name);
  } finally {
    drawAtOnce();
  }
  note(() => (mayBeBlocked() ? mayBlock(name) : saved(name)));
}
