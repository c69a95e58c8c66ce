/**
 * theme.js: light or dark, as the reader chose or as the system is set.
 *
 * The colours are in css/style.css; charts/colours.js keeps a copy of them for the charts.
 */
import { readColours } from '../charts/colours.js';

const root = document.documentElement;
const darkSystem = matchMedia('(prefers-color-scheme: dark)');
const forcedColours = matchMedia('(forced-colors: active)');

/** Applies a theme; in print, always the light one. @param {string} choice auto, light or dark */
export function applyTheme(choice) {
  const theme = choice === 'auto' ? (darkSystem.matches ? 'dark' : 'light') : choice;
  root.dataset.theme = 'printing' in root.dataset ? 'light' : theme;
  readColours();
}

/** @param {() => void} changed called when the system changes its colours */
export function watchSystemColours(changed) {
  darkSystem.addEventListener('change', changed);
  forcedColours.addEventListener('change', changed);
}
