/*
 * The page in a frame of another, embed=1: of the controls only those that show= names, a link to the whole page at the
 * same state, and the height that the page takes up, told to the page around it. What else is gone is so by
 * share.css; what is shown is the sheet's.
 */
import { words } from '../locales/words.js';
import { format } from '../state/state.js';

/** @typedef {import('../state/state.js').State} State */

/** Of a control, what goes with it. */
const FIELDS = '.bias, .field, .segments';

/**
 * The address of the whole page at a state; '' where the page has none of its own (srcdoc).
 * @param {State} state
 */
export const addressOf = (state) =>
  location.href.startsWith('about:') ? '' : `${location.href.replace(/#.*/, '')}#${format(state)}`.replace(/#$/, '');

/** @param {HTMLFormElement} form @param {string} show the names of its controls, with commas between them */
function keepControls(form, show) {
  const kept = show.split(',').flatMap((name) => {
    const control = /** @type {any} */ (form.elements.namedItem(name));
    const field = (control instanceof RadioNodeList ? /** @type {any} */ (control[0]) : control)?.closest(FIELDS);
    if (field?.closest('.network.A')) field.classList.add('A');
    if (field?.closest('.network.B')) field.classList.add('B');
    return field ?? [];
  });
  for (const field of kept) field.classList.add('named');
  form.replaceChildren(...new Set(kept.map((field) => field.closest('.field, .segments'))));
}

/** The frame may be as high as the page is. */
function tellHeight() {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (height > 0) parent.postMessage({ initscope: { height } }, '*');
}

/**
 * @param {HTMLFormElement} form whose controls have been set up
 * @param {State} state
 * @returns {(state: State) => void} to be called with each state: the link leads to it
 */
export function embed(form, state) {
  keepControls(form, state.show);
  const link = document.createElement('a');
  link.className = 'whole-page';
  link.target = '_blank';
  link.addEventListener('click', (event) => {
    // a frame that may not open windows shows the whole page itself
    if (open(link.href)) event.preventDefault();
    else link.target = '_self';
  });
  const foot = document.createElement('footer');
  foot.append(link);
  document.body.append(foot);
  new ResizeObserver(tellHeight).observe(document.body);
  return (next) => {
    link.textContent = words.WORDS.wholePage;
    link.href = addressOf({ ...next, embed: '0', show: '' });
    link.hidden = !addressOf(next);
  };
}
