/**
 * terms.js: the page's side of the explanations. It notices when the reader comes to a term, by pointer, focus or finger,
 * and opens the glossary. A term is an element with data-term.
 *
 * The texts and what shows them are in the part (glossary.js), which loads at the first term.
 */
import { words } from '../locales/words.js';
import { namesChoice } from './elements.js';
import { loadPart } from './parts.js';

/** What happens at a term, or elsewhere, and matters to its explanation. */
const EVENTS = ['pointerdown', 'pointerup', 'pointercancel', 'pointerover', 'focusin', 'click', 'keydown', 'input'];

/**
 * The term at an element, or the one in the label of a control.
 * @param {EventTarget | null} target
 * @returns {any} an HTMLElement, or null
 */
function termAt(target) {
  if (!(target instanceof Element)) return null;
  const { labels } = /** @type {HTMLInputElement} */ (target);
  const own = target.closest('[data-term]') ?? target.querySelector(':scope > [data-term]');
  const label = labels?.[0];
  return own ?? label?.closest('[data-term]') ?? label?.querySelector('[data-term]') ?? null;
}

/** @param {(say: () => string) => void} note writes a note */
export function listenForTerms(note) {
  /** @type {ReturnType<typeof import('./glossary.js').createGlossary> | null} */
  let glossary = null;
  /** What the reader uses: mouse, touch or pen; '' for the keyboard. */
  let pointer = '';

  async function load() {
    const part = await loadPart('glossary');
    glossary ??= part.createGlossary(() => words); // one, however many events waited for the part
    return /** @type {NonNullable<typeof glossary>} */ (glossary);
  }

  /** @param {Event} event */
  function listen(event) {
    const { type, target } = event;
    if (type === 'pointerdown') pointer = /** @type {PointerEvent} */ (event).pointerType;
    if (type === 'keydown') pointer = '';
    const term = type === 'keydown' ? null : termAt(target);
    const isTapOn = type === 'click' && pointer === 'touch' && term?.contains(/** @type {Node} */ (target));
    // a tap on the name of a field explains it, and leaves the field alone; on the name of a choice it chooses
    if (isTapOn && term.closest('label') && !namesChoice(term)) event.preventDefault();
    const used = pointer;
    if (glossary) glossary.meet(event, term, used);
    else if (term) load().then((part) => part.meet(event, term, used), Boolean); // without the part nothing is explained
  }
  for (const type of EVENTS) document.addEventListener(type, listen, true);

  async function open() {
    try {
      (await load()).open();
    } catch (error) {
      note(() => words.WORDS.noGlossary(String(error)));
    }
  }
  for (const opener of document.querySelectorAll('.glossary')) opener.addEventListener('click', open);
}
