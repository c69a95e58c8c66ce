/**
 * colours.js: the colours, marks and fonts of every chart.
 *
 * The style sheet defines the colours. readColours copies them here, since a canvas cannot use CSS variables. Nothing
 * is drawn here.
 */
import { Chart } from 'chart.js';

/** A and B never differ by colour alone: B is dashed, and a triangle where A is a circle. */
export const MARKS = /** @type {const} */ ({
  A: { dash: [], point: 'circle' },
  B: { dash: [6, 4], point: 'triangle' },
});

const TEXT_SIZE = 13;

/** Each key is the name of a CSS variable. readColours fills in the values, '#rrggbb'. */
export const colours = {
  paper: '',
  ink: '',
  muted: '',
  hairline: '',
  grid: '',
  A: '',
  B: '',
  washA: '',
  washB: '',
  strongA: '',
  strongB: '',
};

/**
 * Converts a system colour to hex.
 * @param {string} colour a name such as CanvasText, or '#rrggbb', which stays as it is
 */
function toHex(colour) {
  if (colour.startsWith('#')) return colour;
  const probe = document.createElement('span');
  probe.style.color = colour;
  document.body.append(probe);
  const parts = getComputedStyle(probe).color.match(/\d+/g) ?? [];
  probe.remove();
  return `#${parts
    .slice(0, 3)
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('')}`;
}

/** Reads the colours and the font family from the style sheet again, after a change of theme. */
export function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of /** @type {(keyof typeof colours)[]} */ (Object.keys(colours))) {
    colours[name] = toHex(style.getPropertyValue(`--${name}`).trim());
  }
  Chart.defaults.font.family = style.getPropertyValue('--sans').trim();
  Chart.defaults.font.size = TEXT_SIZE;
}

/** @param {string} [weight] of CSS @returns {string} the font of a canvas context */
export const textFont = (weight = '400') => `${weight} ${TEXT_SIZE}px ${Chart.defaults.font.family}`;
