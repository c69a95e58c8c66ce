/**
 * surprise-list.js: the surprises: the one that the address names at the top of the view, and the others as a list, those of
 * the chosen library first.
 *
 * The table is surprises.js; the sentences are in the locales.
 */
import { make, makeButton } from '../page/elements.js';
import { SURPRISES } from './surprises.js';

/** @typedef {import('./surprises.js').Surprise} Surprise */

/** How many are shown until the reader asks for all. */
const FIRST = 6;

/**
 * @param {(address: string) => any} makeLink to an address, an element a
 * @param {(key: string) => void} open shows a surprise at the top
 */
export function createSurprises(makeLink, open) {
  const featured = make('div.featured', { hidden: true });
  const [title, text, list] = [make('h3'), make('p.text'), make('div.surprises')];
  const more = makeButton('', toggle, { className: 'more-surprises' });
  const element = make('section', {}, title, text, list, more);
  let showsAll = false;
  /** @type {() => void} */
  let again = () => {};
  /** What is shown. @type {unknown[]} */
  let shown = [];

  function toggle() {
    showsAll = !showsAll;
    again();
  }

  /** @param {Surprise} surprise @param {any} own @param {Record<string, { title: string, text: string }>} texts
   * @param {string} level of its heading */
  function makeItem({ key, library, version, address }, own, texts, level) {
    const link = make('a', { href: `#libraries=${key}`, ariaLabel: own.link(texts[key].title) }, key);
    link.addEventListener('click', (/** @type {Event} */ event) => {
      event.preventDefault(); // the networks stay as they are
      open(key);
    });
    const meta = make('p.meta', {}, `${library} ${version} `, link);
    if (address) meta.append(' ', Object.assign(makeLink(address), { textContent: own.show }));
    const heading = make(level, {}, texts[key].title);
    return make('article.surprise', { tabIndex: -1 }, heading, make('p', {}, texts[key].text), meta);
  }

  return {
    featured,
    element,

    /** Moves the focus to the surprise at the top. */
    focus: () => featured.querySelector('article')?.focus(),

    /** @param {any} own the words of the view @param {any} texts @param {string} library that is chosen
     * @param {string} chosen key of the surprise at the top; '' for none */
    write(own, texts, library, chosen) {
      const from = [own, library, chosen];
      if (from.every((one, i) => one === shown[i])) return;
      shown = from;
      again = () => {
        const rank = (/** @type {Surprise} */ one) => Number(one.library !== library);
        const others = SURPRISES.filter(({ key }) => key !== chosen).sort((a, b) => rank(a) - rank(b));
        list.replaceChildren(
          ...others.slice(0, showsAll ? others.length : FIRST).map((one) => makeItem(one, own, texts, 'h4')),
        );
        more.textContent = showsAll ? own.fewer : own.all(SURPRISES.length);
        more.ariaExpanded = String(showsAll);
      };
      again();
      title.textContent = own.surprisesTitle;
      text.textContent = own.surprisesText;
      const top = SURPRISES.find(({ key }) => key === chosen);
      featured.hidden = !top;
      featured.replaceChildren(...(top ? [makeItem(top, own, texts, 'h3')] : []));
    },
  };
}
