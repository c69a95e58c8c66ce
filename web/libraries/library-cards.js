/**
 * library-cards.js: the defaults of the chosen library: a card for each kind of layer that the page runs, with its formula
 * and the buttons that put it into A or B, and a table of the others.
 *
 * What a button changes is in library-choice.js; the formulas are written by the part of the page that has them.
 */
import { write } from '../charts/write.js';
import { make, makeButton } from '../page/elements.js';
import { defaultsOf, isPut, isRunnable, KINDS } from './library-choice.js';

/** @typedef {import('../engine/library-tables.js').Default} Default */
/** @typedef {import('./libraries-host.js').Host} Host */

/**
 * What has loaded after the view.
 * @typedef {object} Loaded
 * @property {Awaited<ReturnType<typeof import('./library-engine.js').openEngine>>} engine
 * @property {(section: Element, layer: any, depth: number, tables: any) => void} writeFormula
 */

const LETTERS = /** @type {const} */ (['A', 'B']);

/** The terms that the facts of the first card explain. @type {Record<string, string>} */
const TERMS = { fans: 'fanIn', biases: 'bias', std: 'std' };

/** @param {Host} host @param {(row: Default, letter: 'A' | 'B') => void} put */
export function createCards(host, put) {
  const cards = make('div.cards');
  const [heading, why] = [make('h3'), make('p')];
  const table = make('table');
  const scroll = make('section.scroll', { tabIndex: 0 }, table);
  const others = make('section.others', {}, heading, why, scroll);
  /** What the cards were made from. @type {unknown[]} */
  let made = [];
  /** The buttons, with what they put. @type {{ button: HTMLButtonElement, row: Default, letter: 'A' | 'B' }[]} */
  let buttons = [];

  /** @param {Default} row @param {any} own */
  function makeButtons(row, own) {
    const name = `${row.library} ${row.call}`;
    const pair = LETTERS.map((letter) => {
      const label = { className: letter, ariaLabel: own.put(name, letter) };
      const button = makeButton(letter, () => put(row, letter), label);
      buttons.push({ button, row, letter });
      return button;
    });
    return make('p.put', {}, make('span', {}, own.putInto), ...pair);
  }

  /** Facts under their names. @param {[key: string, text: string][]} facts @param {any} own
   * @param {boolean} explains whether the names are terms */
  const makeFacts = (facts, own, explains) =>
    make(
      'dl',
      {},
      ...facts.flatMap(([key, text]) => {
        const term = { type: 'button', 'data-term': TERMS[key] };
        const name = explains ? make('button.term', term, own[key]) : own[key];
        return [make('dt', {}, name), make('dd', {}, text)];
      }),
    );

  /** @param {Default} row @param {any} own @param {Loaded} loaded @param {boolean} isFirst of the cards */
  function makeCard(row, own, { engine, writeFormula }, isFirst) {
    const formula = [make('div.lines'), make('p.calls', { hidden: true }), make('p.paper')];
    const title = make('h4', {}, own.layers[row.layer], ' ', make('span', {}, own.shapes[row.layer]));
    const card = make('article.card', {}, title, make('code', {}, row.call));
    const counted = own.fansOf(row.fanIn, row.fanOut);
    const layer = engine.layerOf(row);
    if (!layer) {
      /** @type {[string, string][]} */
      const facts = [
        ['fans', counted],
        ['biases', biasesOf(row, own)],
        ['std', host.words().number(row.std ?? Number.NaN)],
      ];
      const why = row.scheme === null ? own.undrawn : own.uncounted(host.words().choiceWords(row.scheme));
      card.append(make('p', {}, why), makeFacts(facts, own, isFirst));
      return card;
    }
    card.append(...formula);
    writeFormula(card, { ...layer, kind: 'dense' }, 1, engine.tables); // how fans are counted is told below
    const { fanIn, fanOut } = /** @type {any} */ (layer).counts.true;
    const isOff = row.fanIn !== null && (row.fanIn !== fanIn || row.fanOut !== fanOut);
    /** @type {[string, string][]} */
    const facts = [
      ['fans', isOff ? `${counted}; ${own.truly(fanIn, fanOut)}` : counted],
      ['biases', biasesOf(row, own)],
      ['std', own.stdOf(row.std ?? Number.NaN, layer.std)],
    ];
    card.append(makeFacts(facts, own, isFirst), makeButtons(row, own));
    return card;
  }

  /** What a default's biases are. @param {Default} row @param {any} own */
  function biasesOf({ bias, biasNumber }, own) {
    const { choiceWords, plain } = host.words();
    return biasNumber === null ? own.biasesOf(bias) : `${choiceWords(bias)} ${plain(biasNumber)}`;
  }

  /** How a default is told in one cell. @param {Pick<Default, 'scheme' | 'number' | 'fanIn' | 'fanOut'>} row
   * @param {any} own */
  function ruleOf({ scheme, number, fanIn, fanOut }, own) {
    if (scheme === null) return '–';
    const { choiceWords, plain } = host.words();
    const fans = fanIn === null && fanOut === null ? [] : [own.fansOf(fanIn, fanOut)];
    return [`${choiceWords(scheme)}${number === null ? '' : ` ${plain(number)}`}`, ...fans].join(', ');
  }

  /** The same of its biases. @param {Default} row @param {any} own */
  function biasRuleOf({ bias, biasNumber, biasFan }, own) {
    if (bias === null) return own.ofAnotherKind;
    return bias === 'zeros' ? '0' : ruleOf({ scheme: bias, number: biasNumber, fanIn: biasFan, fanOut: null }, own);
  }

  /** @param {Default[]} rows @param {any} own */
  function fillTable(rows, own) {
    const { number } = host.words();
    const head = Object.values(own.columns).map((name) => make('th', { scope: 'col' }, name));
    const lines = rows.map((row, i) => {
      const isAgain = row.layer === rows[i - 1]?.layer;
      const name = isAgain ? make('span.unseen', {}, own.layers[row.layer]) : own.layers[row.layer];
      const kind = make('th', { scope: 'row' }, name);
      if (!isAgain) kind.append(make('span', {}, own.shapes[row.layer]));
      const call = row.call === rows[i - 1]?.call ? [] : [make('code', {}, row.call)];
      const tensor = make('td', {}, ...call, make('span', {}, row.tensor));
      const biases = row.biasTensor ? [make('span', {}, `${row.biasTensor}: ${biasRuleOf(row, own)}`)] : [];
      return make(
        'tr',
        {},
        kind,
        tensor,
        make('td', {}, number(row.std ?? Number.NaN)),
        make('td', {}, ruleOf(row, own), ...biases),
      );
    });
    table.replaceChildren(make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...lines));
  }

  return {
    cards,
    others,

    /** Shows the defaults of a library, once their layers have been run. @param {string} library
     * @param {any} own the words of the view @param {Loaded} loaded @returns {boolean} whether it shows them */
    write(library, own, loaded) {
      const from = [library, own, loaded];
      if (from.some((one, i) => one !== made[i])) {
        const rows = defaultsOf(library);
        const isMissing = rows.filter(isRunnable).map((row) => loaded.engine.layerOf(row) === null); // asks for all
        if (isMissing.includes(true)) return false;
        made = from;
        buttons = [];
        const further = rows.filter(({ layer }) => !(layer in KINDS));
        cards.replaceChildren(
          ...rows.filter(({ layer }) => layer in KINDS).map((row, i) => makeCard(row, own, loaded, i === 0)),
        );
        others.hidden = further.length === 0;
        write(heading, own.further);
        write(why, own.why);
        scroll.ariaLabel = own.further;
        fillTable(further, own);
      }
      const state = host.state();
      for (const { button, row, letter } of buttons) {
        const isThere = isPut(row, letter, state, host.specOf(state, letter).layers);
        button.setAttribute('aria-pressed', String(isThere));
      }
      return true;
    },
  };
}
