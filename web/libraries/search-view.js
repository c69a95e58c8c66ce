/**
 * search-view.js: the field that finds a library, a call or a surprise, and the list of what was found.
 *
 * How it finds is in library-search.js; what a result opens is up to libraries-view.js.
 */
import { MEASURED } from '../engine/library-tables.js';
import { make, makeButton } from '../page/elements.js';

/** @typedef {import('./library-search.js').Found} Found */

const LETTERS = /** @type {const} */ (['A', 'B']);

/**
 * @param {object} does
 * @param {(found: Found) => void} does.open
 * @param {(found: Found, letter: 'A' | 'B') => void} does.put an initializer
 * @param {(text: string) => void} does.say has a text read out
 */
export function createSearchField({ open, put, say }) {
  const input = make('input', { type: 'search', id: 'library-search', autocomplete: 'off', spellcheck: false });
  const label = make('label', { htmlFor: input.id });
  const list = make('ul.results', { hidden: true });
  const element = make('search.field', {}, label, input, list);
  /** @type {(query: string) => Found[]} */
  let search = () => [];
  /** @type {any} */
  let own = null;

  function close() {
    input.value = '';
    show();
  }

  /** @param {Found} found */
  function makeResult(found) {
    const isMeasured = MEASURED.includes(found.library);
    const type = make('span.type', {}, own.types[found.type] + (isMeasured ? '' : `, ${own.unmeasured}`));
    if (found.type !== 'call') {
      const choose = () => {
        close();
        open(found);
      };
      return make('li', {}, makeButton(found.name, choose, { className: 'plain' }), type);
    }
    const buttons = LETTERS.map((letter) =>
      makeButton(letter, () => put(found, letter), { className: letter, ariaLabel: own.put(found.name, letter) }),
    );
    return make('li', {}, make('span.name', {}, found.name), ...buttons, type);
  }

  function show() {
    const query = input.value.trim();
    const found = query ? search(query) : [];
    list.hidden = query === '';
    list.replaceChildren(
      ...(query && found.length === 0 ? [make('li', {}, own.nothing(query))] : found.map(makeResult)),
    );
    if (query) say(own.results(found.length));
  }

  input.addEventListener('input', show);
  element.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Escape' && !list.hidden) {
      close();
      input.focus();
    }
    if (event.key === 'Enter' && event.target === input) /** @type {any} */ (list.querySelector('button'))?.click();
  });

  return {
    element,

    /** @param {any} words of the view @param {(query: string) => Found[]} finds */
    write(words, finds) {
      const isSame = words === own && finds === search;
      [own, search] = [words, finds];
      if (isSame) return;
      label.textContent = own.search;
      input.placeholder = own.example;
      show();
    },
  };
}
