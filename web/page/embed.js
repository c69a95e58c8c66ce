/**
 * embed.js: the page inside another page's frame (embed=1). It keeps the controls that show= names, links to the whole
 * page at the same state, and posts the page's height to the page around it.
 *
 * What an embed hides is in css/share.css.
 */
import { words } from '../locales/words.js';
import { MAKES_LAYERS } from '../state/stacks.js';
import { parse } from '../state/state.js';
import { linkTo } from './address.js';

/** @typedef {import('../state/state.js').State} State */

/** A control is kept together with the element around it that matches this: its label, its number. */
const FIELDS = '.bias, .field, .segments';

/** Those that make layers change nothing where the layers are the reader's own.
 * @param {HTMLFormElement} form @param {State} state whose `show` has the names of controls, with commas between them */
function keepControls(form, { show, stack }) {
  const names = String(show)
    .split(',')
    .filter((name) => !(stack && MAKES_LAYERS.includes(name)));
  const kept = names.flatMap((name) => {
    const control = /** @type {any} */ (form.elements.namedItem(name));
    const field = (control instanceof RadioNodeList ? /** @type {any} */ (control[0]) : control)?.closest(FIELDS);
    if (field?.closest('.network.A')) field.classList.add('A');
    if (field?.closest('.network.B')) field.classList.add('B');
    return field ?? [];
  });
  for (const field of kept) field.classList.add('named');
  form.replaceChildren(...new Set(kept.map((field) => field.closest('.field, .segments'))));
}

/** Posts the height of the page in CSS pixels, so that the page around it can fit the frame. */
function postHeight() {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (height > 0) parent.postMessage({ initscope: { height } }, '*');
}

/** Adds a foot with a link to the whole page. */
function addLink() {
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
  return link;
}

/**
 * Turns the page into an embed.
 * @param {HTMLFormElement} form whose controls have been set up
 * @param {State} state
 * @returns {(state: State) => void} call it with each new state: the link then leads there
 */
export function embed(form, state) {
  keepControls(form, state);
  const link = addLink();
  new ResizeObserver(postHeight).observe(document.body);
  return (next) => {
    link.textContent = words.WORDS.wholePage;
    const { stack, changeB } = next.stack ? next : parse(location.hash).state; // the whole page says what is wrong with a line
    link.href = linkTo({ ...next, stack, changeB, embed: '0', show: '' });
    link.hidden = !linkTo(next);
  };
}
