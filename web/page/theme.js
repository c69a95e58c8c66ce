/**
 * theme.js: light or dark, as the reader chose or as the system has it. The colours themselves are in css/style.css,
 * and the charts' copy of them in charts/colours.js.
 */
import { readColours } from '../charts/colours.js';

const root = document.documentElement;
const darkSystem = matchMedia('(prefers-color-scheme: dark)');
const forcedColours = matchMedia('(forced-colors: active)');

/** Paper is always light. @param {string} choice auto, light or dark */
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
