/**
 * libraries-view.js: the view Libraries: its elements, the library that is chosen, and what the reader does there.
 *
 * Its parts are in files of their own: the cards of a library, the network of all libraries, the surprises and the search.
 */
import { write } from '../charts/write.js';
import { DEFAULTS, LIBRARIES } from '../engine/library-tables.js';
import { LIBRARY_WORDS } from '../locales/en/libraries.js';
import { SURPRISE_TEXTS } from '../locales/en/surprises.js';
import { make } from '../page/elements.js';
import { createCards } from './library-cards.js';
import { changesOf, readChoice } from './library-choice.js';
import { openEngine } from './library-engine.js';
import { createSearch } from './library-search.js';
import { createMentions } from './mention.js';
import { createNetworkFigure } from './network-figure.js';
import { countAll, measureAll } from './network-measure.js';
import { createSearchField } from './search-view.js';
import { createSurprises } from './surprise-list.js';
import { SURPRISES } from './surprises.js';

/** @typedef {import('./libraries-host.js').Host} Host */
/** @typedef {import('./library-search.js').Found} Found */

/** What of the page an address need not say again. */
const KEPT = ['lang', 'theme'];

const NAMES = LIBRARIES.map(({ name }) => name);

/** The menu of libraries, those of one language together. */
function makeMenu() {
  const languages = [...new Set(LIBRARIES.map(({ language }) => language))];
  const menu = make('select', { id: 'library-name' });
  for (const language of languages) {
    const names = LIBRARIES.filter((one) => one.language === language).map(({ name }) => name);
    const options = names.map((name) => make('option', { value: name }, name));
    menu.append(...(language ? [make('optgroup', { label: language }, ...options)] : options));
  }
  return menu;
}

/** @param {Host} host */
export function createView(host) {
  const texts = () => /** @type {typeof LIBRARY_WORDS} */ (host.words().LIBRARY_WORDS ?? LIBRARY_WORDS);
  const surpriseTexts = () => /** @type {typeof SURPRISE_TEXTS} */ (host.words().SURPRISE_TEXTS ?? SURPRISE_TEXTS);
  /** What has loaded: null before. @type {import('./library-cards.js').Loaded | null} */
  let loaded = null;
  let isLoading = false;
  /** @type {import('./network-measure.js').Known} */
  const known = new Map();
  /** What the figure and the search were made from. @type {unknown[]} */
  let figured = [];
  /** @type {{ from: unknown[], search: (query: string) => Found[] }} */
  let searches = { from: [], search: () => [] };
  let frame = 0;

  const [title, text, about] = [make('h2'), make('p.text'), make('p.about')];
  const menu = makeMenu();
  const menuLabel = make('label', { htmlFor: menu.id });
  const heading = make('h3.library-title', { tabIndex: -1 });
  const field = createSearchField({ open, put: putCall, say: host.say });
  const cards = createCards(host, put);
  const network = createNetworkFigure(host, makeLink);
  const surprises = createSurprises(makeLink, choose);
  const mention = createMentions(host, choose);
  const bar = make('div.bar', {}, make('div.field', {}, menuLabel, menu), field.element);
  const top = make('div.top', {}, make('div', {}, title, text), bar);
  const beside = make('div.beside', {}, network.element, cards.others);
  const named = make('div.named-library', {}, heading, about);
  const section = make('section.libraries', { id: 'libraries', hidden: true });
  section.append(top, surprises.featured, named, cards.cards, beside, surprises.element);
  host.find('#sheet').prepend(section);
  menu.addEventListener('change', () => host.change({ libraries: menu.value }));

  const choiceNow = () => readChoice(host.state().libraries, SURPRISES);

  /** @param {unknown} error */
  const fail = (error) => host.note(() => host.words().WORDS.noPart(String(error)));

  async function load() {
    isLoading = true;
    try {
      const opening = openEngine(host.loadPart, change, fail);
      const [engine, formulas] = await Promise.all([opening, host.loadPart('formulas')]);
      loaded = { engine, writeFormula: formulas.createFormulas({ words: host.words, write }) };
      draw(); // which asks for the cards before the networks
      measureAll(engine.run, engine.tables.schemes, NAMES, known, change).catch(fail);
    } catch (error) {
      fail(error);
    }
    isLoading = false;
  }

  /** A link to an address, in the language and theme of the page. It leaves the view, and leads to the sheet.
   * @param {string} address */
  function makeLink(address) {
    const state = host.state();
    const kept = KEPT.filter((key) => state[key] !== 'auto').map((key) => `&${key}=${state[key]}`);
    const onclick = () => host.find('#sheet').focus();
    return make('a', { href: `#${address}${kept.join('')}`, onclick });
  }

  /** Puts a default into a network. @param {import('../engine/library-tables.js').Default} row
   * @param {'A' | 'B'} letter */
  function put(row, letter) {
    const state = host.state();
    host.change(changesOf(row, letter, host.specOf(state, letter).layers));
    host.note(() => texts().hasBeenPut(`${row.library} ${row.call}`, letter));
  }

  /** Puts an initializer into a network. @param {Found} found @param {'A' | 'B'} letter */
  function putCall({ name, call }, letter) {
    if (!call || !loaded) return;
    const byFans = loaded.engine.tables.schemes.find((one) => one.name === call.scheme)?.mode.startsWith('fan');
    host.change({
      [letter.toLowerCase()]: call.scheme,
      ...{ [`value${letter}`]: call.number, [`gain${letter}`]: 1, [`tune${letter}`]: 'none' },
      ...(byFans && { [`fans${letter}`]: call.convention }),
    });
    host.note(() => texts().hasBeenPut(name, letter));
  }

  /** Shows a library, or a surprise at the top, and moves the focus there. @param {string} name or key */
  function choose(name) {
    host.change({ libraries: name });
    draw();
    if (choiceNow()?.surprise) surprises.focus();
    else heading.focus();
  }

  /** Opens what was found. @param {Found} found */
  function open({ type, library, key }) {
    choose(type === 'surprise' ? key : library);
  }

  /** How many networks have been measured. */
  const countKnown = () => [...known.values()].reduce((sum, seeds) => sum + seeds.length, 0);

  /** @param {string} library that is chosen */
  function drawNetwork(library) {
    const own = texts();
    const runs = countKnown();
    const from = [own, runs, library, host.state().lang, host.state().theme];
    if (from.every((one, i) => one === figured[i])) return;
    figured = from;
    const all = countAll(NAMES);
    network.write(own, known, library, runs < all ? own.progress(runs, all) : '');
  }

  /** The search in the language of the page. @param {typeof LIBRARY_WORDS} own */
  function searchIn(own) {
    const calls = loaded?.engine.tables.libraries ?? [];
    const from = [own, calls.length];
    if (from.some((one, i) => one !== searches.from[i])) {
      const tables = { libraries: LIBRARIES, defaults: DEFAULTS, calls, surprises: SURPRISES };
      searches = { from, search: createSearch(tables, own, surpriseTexts()) };
    }
    return searches.search;
  }

  /** @param {NonNullable<ReturnType<typeof readChoice>>} choice */
  function writeChoice({ library, isUnknown }) {
    const own = texts();
    const row = LIBRARIES.find(({ name }) => name === library) ?? LIBRARIES[0];
    write(title, own.title);
    write(text, own.text);
    write(menuLabel, own.library);
    write(heading, own.heading(row.name, row.version).replace(/ +:/, ':'));
    const unknown = isUnknown ? `${own.unknown(host.state().libraries, library)} ` : '';
    write(about, `${unknown}${row.date ? own.measured(row.language, row.date) : own.unmeasured}`);
    section.ariaLabel = own.title;
    menu.value = library;
  }

  function draw() {
    frame = 0;
    mention(texts(), surpriseTexts());
    const choice = choiceNow();
    section.hidden = !choice;
    if (!choice) return;
    const own = texts();
    writeChoice(choice);
    surprises.write(own, surpriseTexts(), choice.library, choice.surprise);
    field.write(own, searchIn(own));
    if (!loaded && !isLoading) load();
    const hasCards = loaded !== null && cards.write(choice.library, own, loaded);
    drawNetwork(choice.library);
    section.dataset.drawn = String(hasCards && countKnown() === countAll(NAMES));
  }

  /** Something has changed: it is shown in the next frame. */
  function change() {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }

  return { update: change };
}
