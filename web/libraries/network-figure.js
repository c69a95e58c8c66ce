/**
 * network-figure.js: the figure of one network with every library's default: a row for each library, ordered by rms after
 * the last layer, with marks on a logarithmic axis.
 *
 * What is measured here is in network-measure.js; what libraries gave is in engine/library-tables.js.
 */
import { LIBRARIES, NETWORKS } from '../engine/library-tables.js';
import { make } from '../page/elements.js';
import { addressOf, denseOf, NETWORK } from './library-choice.js';
import { keyOf, SEEDS, summarize } from './network-measure.js';

/** @typedef {import('./network-measure.js').Known} Known */

const LAST = NETWORK.depth - 1;

/** @param {string} name of an element of SVG @param {Record<string, string | number>} attributes @param {Node[]} children */
function draw(name, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** The marks, each around the point where it stands. */
const MARKS = {
  path: () => draw('circle', { class: 'path', r: 2 }),
  ours: () => draw('circle', { class: 'ours', r: 5 }),
  theirs: () => draw('path', { class: 'theirs', d: 'M0-7 7 0 0 7-7 0z' }),
};

/** A mark at a place of a strip. @param {keyof typeof MARKS} name @param {number} share of its width */
const markAt = (name, share) => draw('svg', { x: `${100 * share}%`, y: '50%', overflow: 'visible' }, MARKS[name]());

/** An arrow beyond an end of a strip. @param {1 | -1} way */
const arrowAt = (way) =>
  draw(
    'svg',
    { x: way > 0 ? '100%' : 0, y: '50%', overflow: 'visible' },
    draw('path', { class: 'beyond', d: `M${way * 10}-4 ${way * 16} 0 ${way * 10} 4z` }),
  );

/** A mark by itself, for the key. @param {keyof typeof MARKS} name */
const markAlone = (name) =>
  draw('svg', { viewBox: '-8 -8 16 16', width: 16, height: 16, 'aria-hidden': 'true' }, MARKS[name]());

/**
 * Libraries whose network is known, here or by themselves.
 * @typedef {{ library: string, row: import('../engine/library-tables.js').Default | undefined,
 *   theirs: import('../engine/library-tables.js').LibraryNetwork | undefined }} Line
 */
const LINES = [...new Set([...LIBRARIES.map(({ name }) => name), ...NETWORKS.map(({ library }) => library)])]
  .map((name) => ({
    library: name,
    row: denseOf(name),
    theirs: NETWORKS.find(({ library }) => library === name),
  }))
  .filter(({ row, theirs }) => row || theirs);

/** The largest rms after the last layer first: the library's own, or else what is known here. @param {Known} known */
function inOrder(known) {
  const last = (/** @type {(typeof LINES)[number]} */ { row, theirs }) => {
    const runs = row && known.get(keyOf(row));
    return theirs?.rms[LAST] ?? (runs ? summarize(runs).means[LAST] : 0);
  };
  return [...LINES].sort((a, b) => last(b) - last(a));
}

/** The axis, in powers of ten. An arrow at its end stands for what is beyond. */
const RANGE = { least: -4, most: 1.5 };

/** Powers of ten on the axis. */
const TICKS = [-4, -3, -2, -1, 0, 1];

/** The share of the axis at which a value stands. @param {number} value */
const shareOf = (value) => Math.min(1, Math.max(0, (Math.log10(value) - RANGE.least) / (RANGE.most - RANGE.least)));

/** @param {number[] | undefined} means @param {number[]} stds @param {number | null | undefined} theirs */
function makeStrip(means, stds, theirs) {
  const lines = TICKS.map((power) => {
    const x = `${100 * shareOf(10 ** power)}%`;
    return draw('line', { class: 'tick', x1: x, x2: x, y1: 0, y2: '100%' });
  });
  const marks = [];
  if (means) {
    marks.push(...means.slice(0, LAST).map((value) => markAt('path', shareOf(value))));
    const [x1, x2] = [-1, 1].map((sign) => `${100 * shareOf(means[LAST] + sign * stds[LAST])}%`);
    marks.push(draw('line', { class: 'spread', x1, x2, y1: '50%', y2: '50%' }), markAt('ours', shareOf(means[LAST])));
  }
  if (theirs) marks.push(markAt('theirs', shareOf(theirs)));
  const last = theirs ?? means?.[LAST] ?? 1;
  if (Math.log10(last) > RANGE.most) marks.push(arrowAt(1));
  if (Math.log10(last) < RANGE.least) marks.push(arrowAt(-1));
  return draw('svg', { class: 'strip', 'aria-hidden': 'true' }, ...lines, ...marks);
}

/** @param {import('./libraries-host.js').Host} host @param {(address: string) => any} makeLink to an address, an element a */
export function createNetworkFigure(host, makeLink) {
  const [title, text, key, caption] = [make('h3'), make('p.text'), make('p.key'), make('figcaption')];
  const head = make('thead', { role: 'rowgroup' });
  const body = make('tbody', { role: 'rowgroup' });
  const table = make('table.networks', { role: 'table' }, head, body);
  const figure = make('figure', { id: 'library-networks' }, title, text, key, table, caption);
  const setNumbers = host.createNumbersTable(figure);

  /** @param {any} own */
  function writeHead(own) {
    title.textContent = own.networkTitle;
    text.textContent = own.networkText;
    table.setAttribute('aria-label', own.networkTitle);
    key.replaceChildren(
      ...Object.keys(MARKS)
        .reverse()
        .map((name) => make('span', {}, markAlone(/** @type {any} */ (name)), ` ${own.key[name]}`)),
    );
    const cells = ['library', 'strip', 'ours', 'theirs'].map((name) =>
      make(`th.${name}`, { scope: 'col', role: 'columnheader' }, own.network[name]),
    );
    cells[1].append(
      make(
        'span.axis',
        { 'aria-hidden': 'true' },
        ...TICKS.map((power) => {
          const tick = make('span', {}, host.words().power(power));
          tick.style.left = `${100 * shareOf(10 ** power)}%`;
          return tick;
        }),
      ),
    );
    head.replaceChildren(make('tr', { role: 'row' }, ...cells));
  }

  /** @param {(typeof LINES)[number]} line @param {any} own @param {Known} known @param {string} chosen library */
  function makeRow({ library, row, theirs }, own, known, chosen) {
    const { number } = host.words();
    const runs = row && known.get(keyOf(row));
    const { means, stds = [] } = runs ? summarize(runs) : { means: undefined };
    const measured = theirs?.rms[LAST];
    const ours = means ? own.spread(means[LAST], stds[LAST]) : '–';
    const error = theirs?.errors[LAST];
    const given = measured ? (error ? own.spread(measured, error) : number(measured)) : '–';
    const name = row ? Object.assign(makeLink(addressOf(row)), { textContent: library }) : library;
    return make(
      `tr${library === chosen ? '.here' : ''}`,
      { role: 'row' },
      make('th.library', { scope: 'row', role: 'rowheader' }, name),
      make('td.strip', { role: 'cell', title: own.strip(library, ours, given) }, makeStrip(means, stds, measured)),
      make('td.ours', { role: 'cell' }, ours),
      make('td.theirs', { role: 'cell' }, given),
    );
  }

  return {
    element: figure,

    /**
     * @param {any} own the words of the view
     * @param {Known} known
     * @param {string} chosen library
     * @param {string} progress '' once all is measured
     */
    write(own, known, chosen, progress) {
      writeHead(own);
      const focused = body.contains(document.activeElement) ? document.activeElement?.textContent : null;
      body.replaceChildren(...inOrder(known).map((line) => makeRow(line, own, known, chosen)));
      if (focused) [...body.querySelectorAll('a')].find((link) => link.textContent === focused)?.focus();
      caption.textContent = progress || own.seeds(SEEDS);
      setNumbers(() => numbersOf(own, known));
    },
  };
}

/** All layers of all networks. @param {any} own @param {Known} known @returns {import('../charts/numbers-table.js').Numbers} */
function numbersOf(own, known) {
  const { library, ours, theirs } = own.network;
  const layers = Array.from({ length: NETWORK.depth }, (_, i) => own.networkColumn(i + 1));
  const rows = inOrder(known).flatMap((line) => {
    const runs = line.row && known.get(keyOf(line.row));
    return [
      ...(runs ? [[`${line.library}, ${ours}`, ...summarize(runs).means]] : []),
      ...(line.theirs ? [[`${line.library}, ${theirs}`, ...line.theirs.rms.map((value) => value ?? undefined)]] : []),
    ];
  });
  return { head: [library, ...layers], rows };
}
