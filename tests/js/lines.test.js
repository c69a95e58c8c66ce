/*
 * The lines of the chart of rms by depth: what a first view shows, what an address or a lesson asks for, and that nothing
 * else is drawn, listed or explained. How the switches look is in tests/page/legend.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rmsCurves } from '../../web/charts/curves.js';
import { numbersOfCurves } from '../../web/charts/numbers-table.js';
import { loadEngine } from '../../web/engine/engine.js';
import { rmsCaption } from '../../web/locales/en/legend.js';
import { STATES } from '../../web/state/lesson-states.js';
import { LINES, linesOf, withLine } from '../../web/state/lines.js';
import { specOf } from '../../web/state/networks.js';
import { defaults, format, parse } from '../../web/state/state.js';

const engine = await loadEngine();

/** @param {string} address */
const linesIn = (address) => linesOf(parse(address).state).join(' ');

test('a first view shows the signal and its theory; gradients, weight gradients and bands are not there', () => {
  assert.equal(linesIn(''), 'activations theory');
  assert.equal(linesIn('depth=50&activation=tanh&a=orthogonal'), 'activations theory');
});

test('an address shows the lines that it names, in the order of the legend, and the gradients of its histograms', () => {
  assert.equal(linesIn('lines=bands,deltas'), 'deltas bands');
  assert.equal(linesIn('lines='), '');
  assert.equal(linesIn('tensor=deltas'), 'activations deltas theory');
  assert.equal(linesIn('tensor=weightGradients'), 'activations weightGradients theory');
  assert.equal(linesIn('tensor=deltas&lines=activations'), 'activations');
  assert.equal(linesIn('tensor=weights'), 'activations theory');
});

test('a lesson about gradients or bands opens with them', () => {
  const beyond = Object.fromEntries(
    Object.keys(STATES)
      .map((lesson) => [lesson, linesIn(`lesson=${lesson}`).replace(/^activations | ?theory ?/g, '')])
      .filter(([, more]) => more),
  );
  assert.deepEqual(beyond, {
    'gain-of-tanh': 'deltas',
    'glorot-7': 'deltas',
    'glorot-8': 'weightGradients',
    sigmoid: 'deltas',
    symmetry: 'weightGradients',
    typical: 'bands',
  });
});

test('a switch shows its lines or hides them, and leads back to the address without the key', () => {
  for (const hash of ['', 'tensor=deltas', 'lines=bands', 'lesson=typical']) {
    const { state } = parse(hash);
    for (const name of LINES) {
      const once = { ...state, lines: withLine(state, name) };
      assert.deepEqual(
        LINES.filter((line) => linesOf(once).includes(line) !== linesOf(state).includes(line)),
        [name],
      );
      assert.deepEqual(parse(format(once)).state, once);
      assert.equal(format({ ...once, lines: withLine(once, name) }), hash);
    }
  }
});

test('the chart, its table and its caption hold the lines that are shown, and no others', () => {
  const state = { ...defaults(), depth: 4, width: 64 };
  const network = /** @type {any} */ (engine.run({ ...specOf(state, 'A'), backward: true }));
  network.spec = specOf(state, 'A');
  for (let i = 0; i < 2 ** LINES.length; i++) {
    const lines = LINES.filter((_, bit) => (i >> bit) & 1);
    const curves = rmsCurves('A', network, lines);
    const kinds = curves.map(({ kind }) => kind);
    assert.deepEqual(
      [...kinds].sort(),
      lines.filter((name) => name !== 'theory' && name !== 'bands').sort(),
      `${lines}`,
    );
    const { head } = numbersOfCurves(curves, 4);
    const caption = rmsCaption(lines);
    for (const [name, word] of /** @type {const} */ ([
      ['theory', /theory$/],
      ['bands', /band from$/],
    ])) {
      const shown = lines.includes(name) && kinds.length > 0;
      assert.equal(
        head.some((text) => word.test(text)),
        shown,
        `${lines}: ${head}`,
      );
    }
    assert.equal(/Thin lines/.test(caption), lines.includes('theory'));
    assert.equal(/95%/.test(caption), lines.includes('bands') && kinds.length > 0);
    assert.equal(/gradients/.test(caption), lines.includes('bands') && /Gradients|deltas/.test(`${kinds}`));
  }
});

test('the lines are called by their letters where there is one family, and by their symbols where there are more', () => {
  const network = /** @type {any} */ ({ layers: [], spec: {} });
  const labels = (/** @type {string[]} */ lines) => rmsCurves('B', network, lines).map(({ label }) => label);
  assert.deepEqual(labels(['activations', 'theory']), ['B']);
  assert.deepEqual(labels(['deltas']), ['B dL/dz']);
  assert.deepEqual(labels(['activations', 'weightGradients']), ['B dL/dW', 'B a']);
});
