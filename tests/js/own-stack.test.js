/*
 * The reader's own layers: how many a state has and what they are, what they are called, and the rows of the editor. The
 * notation itself is in stack.test.js, the page in tests/page/stack.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadEngine } from '../../web/engine/engine.js';
import { formatItems, formatStack, parseStack, replaceLayer } from '../../web/engine/stack.js';
import { LIMITS } from '../../web/engine/tables.js';
import * as russian from '../../web/locales/ru/index.js';
import { agreement } from '../../web/reading/agreement.js';
import { FIGURES } from '../../web/reading/figures.js';
import { layerNames, ownNames } from '../../web/reading/layer-names.js';
import { verdict } from '../../web/reading/verdict.js';
import { createCarry } from '../../web/stack/carry.js';
import { EXAMPLES } from '../../web/stack/examples.js';
import { changeKind, readField, readSchemeNumber, showField, showUsual } from '../../web/stack/fields.js';
import { createHistory } from '../../web/stack/history.js';
import { readWritten, writeStack } from '../../web/stack/reading.js';
import { copyRow, moveRow, readRows, removeRow, setRow, toggleChanged, writeRows } from '../../web/stack/rows.js';
import { imagesOf, specOf } from '../../web/state/networks.js';
import { depthOf, layersOfLine, useReader } from '../../web/state/stacks.js';
import { defaults, format, parse, rowShown } from '../../web/state/state.js';
import { SEED } from './arbitrary.js';
import { layers } from './arbitrary-stacks.js';
import * as english from './english.js';

const LENET = '28x28x1-conv6:5x5:tanh-avgpool2-conv16:5x5:valid:tanh-avgpool2-120:tanh-84:tanh-10';

useReader({ parseStack, replaceLayer });
const engine = await loadEngine();
const { agreementWords, refusalWords, verdictWords } = english;

/** @param {string} hash */
const stateOf = (hash) => parse(hash).state;

/** @param {string} hash @param {'A' | 'B'} [letter] */
function run(hash, letter = 'A') {
  const spec = specOf(stateOf(hash), letter);
  return { ...engine.run(spec), spec };
}

test('the layers of a line are those of both networks, and the controls make none of them', () => {
  const state = stateOf(`stack=${LENET}&depth=50&width=9&kind=conv&head=sigmoid`);
  assert.equal(depthOf(state), 7);
  assert.equal(/** @type {any} */ (rowShown('layer', state)).max, 7);
  for (const letter of /** @type {const} */ (['A', 'B']))
    assert.deepEqual(specOf(state, letter).layers, parseStack(LENET));
  assert.equal(depthOf({ ...state, stack: '' }), 50);
});

test('a line that cannot be read counts as none, so that nothing throws', () => {
  for (const stack of ['28x28-conw6', '-', '784-10000*5', 'x'.repeat(1e5)]) {
    const state = { ...defaults(), stack };
    assert.equal(layersOfLine(state, 'A'), null);
    assert.equal(specOf(state, 'B').layers.length, 20);
  }
});

test('B has one layer of its own, and a change of a layer that is not there changes nothing', () => {
  const ofB = (/** @type {string} */ changeB) =>
    /** @type {any[]} */ (specOf({ ...defaults(), stack: LENET, changeB }, 'B').layers);
  const changed = ofB('3=conv32:3x3:he-normal');
  assert.deepEqual([changed[2].channelsOut, changed[2].scheme, changed.length], [32, 'he-normal', 7]);
  assert.deepEqual(
    changed.filter((_, i) => i !== 2),
    parseStack(LENET).filter((_, i) => i !== 2),
  );
  assert.deepEqual(ofB('1=conv8:3x3')[0].size, [28, 28]);
  for (const nothing of ['8=10', '0=10', 'x', '2=conw', '='])
    assert.deepEqual(ofB(nothing), parseStack(LENET), nothing);
});

test('cross-entropy makes the last layer linear unless it says otherwise', () => {
  const last = (/** @type {string} */ stack) => specOf(stateOf(`loss=cross-entropy&stack=${stack}`), 'A').layers.at(-1);
  assert.equal(/** @type {any} */ (last('784-64-10')).activation, 'linear');
  assert.equal(/** @type {any} */ (last('784-64-10:tanh')).activation, 'tanh');
  assert.equal('activation' in /** @type {any} */ (last('8x8x3-conv10-gap')), false);
});

test('images fit the input of the line: grey, in colour, or as a vector; else the input is noise', () => {
  const images = (/** @type {string} */ stack) => imagesOf(stateOf(`input=leaves&stack=${stack}`));
  assert.deepEqual([images('28x28-10')?.size, images('28x28-10')?.channels], [[28, 28], 1]);
  assert.deepEqual([images('12x20x3-conv4')?.size, images('12x20x3-conv4')?.channels], [[12, 20], 3]);
  assert.deepEqual([images('3072-10')?.size, images('3072-10')?.channels], [[32, 32], 3]);
  assert.equal(images('1000-10'), null);
  assert.equal(images('100-convT8:4x4'), null);
  assert.equal(specOf(stateOf('input=leaves&stack=1000-10'), 'A').input, 'normal');
});

test('an address holds a line as it is written, and reads it back', () => {
  const state = { ...defaults(), stack: '784-conv6:5x5:gain=2-2*(20-30)', changeB: '2=20:normal=0.1' };
  assert.equal(format(state), 'stack=784-conv6:5x5:gain=2-2*(20-30)&changeB=2=20:normal=0.1');
  assert.deepEqual(parse(format(state)).state, state);
});

test('layers are called as people call them', () => {
  const names = (/** @type {string[]} */ ...lines) =>
    layerNames(
      lines.map((line) => parseStack(line)),
      'output',
    );
  assert.deepEqual(names(LENET), ['conv1', 'pool1', 'conv2', 'pool2', '120', '84', 'output 10']);
  assert.deepEqual(names('100-convT8:4x4-convT3'), ['convT1', 'convT2']);
  assert.deepEqual(names('8x8x3-conv4-gap-flatten-5'), ['conv1', 'gap', 'flatten', 'output 5']);
  assert.deepEqual(names('784-512-10', '784-300-10'), ['512/300', 'output 10']);
  const own = (/** @type {string} */ stack) => ownNames({ ...defaults(), stack }, [parseStack(stack)], 'output');
  assert.equal(own('256-20*256'), null, 'numbers tell equal layers apart');
  assert.deepEqual(own('256-64-10'), ['64', 'output 10']);
  assert.equal(ownNames(defaults(), [specOf(defaults(), 'A').layers], 'output'), null);
});

/** What is said of A, with the names of its layers. @param {string} hash @param {any} words @returns {string} */
function saidOf(hash, words) {
  const { spec, layers, input } = /** @type {any} */ (run(hash));
  const names = ownNames(stateOf(hash), [spec.layers], words.WORDS.outputLayer);
  const { word, sentence, advice } = words.verdictWords(verdict(layers, input, { spec }), names);
  return [word, sentence, advice, words.agreementWords(agreement(layers), agreement(layers, 'backward'), names)].join(
    ' ',
  );
}

test('what is said of the reader’s own layers names them as the axes do, in both languages', () => {
  const growing = `stack=${LENET.replace('valid:tanh', 'valid:tanh:zeros')}&batch=8`;
  assert.match(saidOf(growing, english), /Every activation is exactly 0 from layer 3 \(conv2\) on\./);
  assert.match(saidOf(growing, russian), /Начиная со слоя 3 \(conv2\) все активации в точности равны 0\./);
  const peak = 'stack=28x28x1-conv6:5x5-maxpool2-conv16:5x5:gain=30-maxpool2-120-84-10&batch=8';
  assert.match(saidOf(peak, english), / Layer 4 \(pool2\) has .* at layer 1 \(conv1\) is .* that at layer 6 \(84\)/);
  assert.match(saidOf(peak, russian), / В слое 4 \(pool2\) он .* В слое 1 \(conv1\) градиент /);
  const apart = 'stack=784-512-512-512:gain=9-256-10&activation=tanh&batch=8&a=he-normal';
  for (const words of [english, russian])
    assert.doesNotMatch(saidOf(apart, words), /(?:layer|слое|слоя) \d+(?! \()\b/, 'no number without its name');
});

test('layers that the controls make, and equal layers, go by their numbers in every sentence', () => {
  for (const hash of ['depth=30&width=64&a=xavier-normal', 'stack=64-30*64&a=xavier-normal'])
    assert.doesNotMatch(saidOf(hash, english), /\(\d+\)|output \d/, hash);
  assert.match(saidOf('depth=30&width=64&a=xavier-normal', english), /reaches layer 1 \(×|layer 1 is/);
});

test('a refusal names its layer, and so does theory’s band, in both languages', () => {
  const names = ['conv1', '256', '256'];
  const refused = /** @type {any} */ ({ code: 'convAfterDense', field: 'layers[1].kind', value: 'conv', range: [] });
  assert.match(refusalWords(refused, names), /^Layer 2 \(256\) needs images/);
  assert.match(russian.refusalWords(refused, names), /^Слою 2 \(256\) нужны изображения/);
  assert.match(refusalWords(refused), /^Layer 2 needs images/);
  const band = { ...agreement(run('depth=3&width=64').layers), kind: 'more', from: 1, to: 3, whole: true };
  assert.match(agreementWords(band, band, names), /in layers 1 \(conv1\) to 3 \(256\)\./);
  assert.match(russian.agreementWords(band, band, names), /в слоях с 1 \(conv1\) по 3 \(256\)\./);
});

test('a layer without weights has no figure that would need them, and breaks no judgement', () => {
  const { spec, layers, input } = /** @type {any} */ (run(`stack=${LENET}&batch=8`));
  const judged = verdict(layers, input, { spec });
  assert.ok(verdictWords(judged).word);
  assert.ok(agreement(layers).kind && agreement(layers, 'backward').kind);
  for (const write of Object.values(FIGURES)) for (const layer of layers) assert.equal(typeof write(layer), 'string');
  assert.equal(FIGURES.schemeStd(layers[1]), '–');
});

test('a factor per layer is told of equal layers only', () => {
  const sentence = (/** @type {string} */ hash) => {
    const { spec, layers, input } = /** @type {any} */ (run(hash));
    return verdictWords(verdict(layers, input, { spec })).sentence;
  };
  assert.match(sentence('depth=6&width=64'), /per layer/);
  assert.match(sentence('stack=64-6*64'), /per layer/);
  assert.doesNotMatch(sentence('stack=784-512-256-128-64'), /per layer|NaN|–/);
  assert.doesNotMatch(sentence(`stack=${LENET}`), /per layer|NaN|–/);
});

test('A and B count their layers alike where they differ in one: an output layer is dense, and unlike all before it', () => {
  for (const [hash, depth] of /** @type {[string, number][]} */ ([
    ['stack=28x28x1-conv6:5x5-maxpool2-conv16:5x5&changeB=1=conv6:5x5:relu&activation=tanh', 3],
    ['stack=64-32-16-10&changeB=1=32:relu&activation=tanh', 3],
    ['stack=64-32-16-10:linear&changeB=1=32:relu&activation=tanh', 2],
    [`stack=${LENET}&changeB=1=conv6:5x5:relu`, 6],
  ])) {
    for (const letter of /** @type {const} */ (['A', 'B'])) {
      const { spec, layers, input } = /** @type {any} */ (run(`${hash}&batch=4`, letter));
      const judged = verdict(layers, input, { spec });
      assert.equal(judged.depth, depth, `${letter} of ${hash}`);
      assert.equal(verdictWords(judged).sentence.includes('Output layer'), judged.head !== null);
    }
  }
});

test('a network that narrows keeps its gradient under He by fan_in and by fan_out: by its norm, or by its rms', () => {
  for (const scheme of ['he-normal', 'he-fan-out']) {
    const { spec, layers, input } = /** @type {any} */ (run(`stack=1024-1024-512-256-128-64&a=${scheme}&batch=32`));
    assert.equal(verdict(layers, input, { spec }).outcome.gradient?.level, 0, scheme);
  }
});

test('rows are the items of a line, and give it back', () => {
  const { stack } = readRows('784-20*256-64-64:tanh-10');
  assert.deepEqual(
    stack.rows.map(({ count }) => count),
    [20, 1, 1, 1],
  );
  assert.equal(writeRows(stack), '784-20*256-64-64:tanh-10');
  for (const line of Object.values(EXAMPLES))
    assert.deepEqual(parseStack(writeRows(readRows(line).stack)), parseStack(line));
});

test('rows are copied, moved and removed; the last one stays', () => {
  const { rows } = readRows('784-1-2-3').stack;
  const units = (/** @type {any[]} */ changed) => changed.map(({ layer }) => layer.units);
  assert.deepEqual(units(copyRow(rows, 1)), [1, 2, 2, 3]);
  assert.deepEqual(units(moveRow(rows, 0, 2)), [2, 3, 1]);
  assert.deepEqual(units(moveRow(rows, 2, -5)), [3, 1, 2]);
  assert.deepEqual(units(removeRow(rows, 0)), [2, 3]);
  assert.deepEqual(units(removeRow(rows.slice(0, 1), 0)), [1]);
});

test('a change in B goes with its row, is not copied, and is one at most', () => {
  const { stack, layersB } = /** @type {any} */ (readWritten({ line: '784-3*50-40-10', changeB: '4=40:tanh' }).reading);
  assert.equal(layersB[3].activation, 'tanh');
  assert.equal(writeStack({ ...stack, rows: moveRow(stack.rows, 1, 0) }).changeB, '1=40:tanh');
  assert.equal(writeStack({ ...stack, rows: copyRow(stack.rows, 1) }).changeB, '4=40:tanh');
  assert.equal(writeStack({ ...stack, rows: removeRow(stack.rows, 1) }).changeB, '');
  const other = toggleChanged(stack.rows, 2);
  assert.equal(writeStack({ ...stack, rows: other }).changeB, '5=10');
  assert.equal(writeStack({ ...stack, rows: toggleChanged(other, 2) }).changeB, '');
  const wider = setRow(stack.rows, 1, { changed: { kind: 'dense', units: 90 } });
  assert.equal(readWritten(writeStack({ ...stack, rows: wider })).fault, null);
});

test('what is wrong with a line has its place: what cannot be read, and a layer that cannot be there', () => {
  const unread = /** @type {any} */ (readWritten({ line: '28x28x1-conw6-10', changeB: '' }).fault);
  assert.deepEqual([unread.start, unread.end, unread.row], [8, 12, -1]);
  const line = '28x28x1-conv6:valid-40-conv8-10';
  const misplaced = /** @type {any} */ (readWritten({ line, changeB: '' }).fault);
  assert.equal(line.slice(misplaced.start, misplaced.end), 'conv8');
  assert.deepEqual([misplaced.refusal.code, misplaced.row, misplaced.inB], ['convAfterDense', 2, false]);
  const inB = /** @type {any} */ (readWritten({ line: '8x8x1-conv4-flatten-10', changeB: '1=conv4:9x9:valid' }).fault);
  assert.deepEqual([inB.refusal.code, inB.row, inB.inB], ['kernelOverImage', 0, true]);
});

test('a last layer may have more units than others, as in the engine', () => {
  const { units, outputs } = LIMITS;
  assert.ok(outputs > units);
  for (const kept of [`8-${outputs}`, `8-layernorm-${units + 1}:linear`, `8-${units}-8`])
    assert.equal(readWritten({ line: kept, changeB: '' }).fault, null, kept);
  const { refusal, row } = /** @type {any} */ (readWritten({ line: `8-${units + 1}-8`, changeB: '' }).fault);
  assert.deepEqual([refusal.code, refusal.field, row], ['wholeRange', 'layers[0].units', 0]);
});

test('a change in B is of the layer that the address says, also inside a counted row', () => {
  const counted = /** @type {any} */ (readWritten({ line: '784-20*256-10', changeB: '5=300' }).reading);
  assert.deepEqual(writeStack(counted.stack), { line: '784-4*256-16*256-10', changeB: '5=300' });
  assert.deepEqual(
    counted.layersB.map((/** @type {any} */ { units }) => units),
    [256, 256, 256, 256, 300, ...Array(15).fill(256), 10],
  );
  const { state } = /** @type {any} */ (readWritten({ line: '784-256-256-256-10', changeB: '2=300' }).reading);
  assert.deepEqual(state, { line: '784-3*256-10', changeB: '2=300' });
  assert.deepEqual(/** @type {any} */ (readWritten(state).reading).state, state);
});

test('what a state holds of a line and a change in B reads as itself, and as the networks that run', (t) => {
  const runs = Math.ceil(Number(process.env.SPECS ?? 2000) / 4);
  t.diagnostic(`seed ${SEED}, ${runs} values`);
  const property = fc.property(layers, fc.nat(), fc.nat(), (given, pick, other) => {
    const line = formatStack(given);
    const number = (pick % given.length) + 1;
    const changeB = `${number}=${formatItems(given).items[other % given.length]}`;
    const { reading } = readWritten({ line, changeB });
    const { state, layersB } = /** @type {any} */ (reading);
    assert.deepEqual(/** @type {any} */ (readWritten(state).reading).state, state);
    assert.equal(state.line, line);
    if (state.changeB === '') return; // the first layer does not take the input
    assert.equal(state.changeB.split('=')[0], String(number));
    assert.deepEqual(layersB, layersOfLine({ ...defaults(), stack: line, changeB: state.changeB }, 'B'));
    const written = writeStack(/** @type {any} */ (reading).stack);
    assert.deepEqual(/** @type {any} */ (readWritten(written).reading).state, state);
  });
  fc.assert(property, { seed: SEED, numRuns: runs });
});

test('a change in B that cannot be read leaves the line as it is, and says where it is wrong', () => {
  const line = '784-256-10';
  for (const [changeB, layer, start, found] of /** @type {[string, number | null, number?, string?][]} */ ([
    ['2=foo', 2, 0, 'foo'],
    ['2=30-20', 2, 2, '-'],
    ['2=30:tahn', 2, 3, 'tahn'],
    ['1=conv4', 1, 0, '784'],
    ['9=30', 9],
    ['0=30', 0],
    ['foo', null],
  ])) {
    const { reading, lost } = readWritten({ line, changeB });
    assert.deepEqual(reading?.state, { line, changeB: '' }, changeB);
    assert.deepEqual([lost?.layer, lost?.depth], [layer, 2], changeB);
    const range = /** @type {any} */ (lost?.refusal?.range);
    assert.deepEqual([range?.position, range?.found], [start, found], changeB);
  }
});

test('any layer can differ in B, also one that averages what it takes', () => {
  const { reading, fault, lost } = readWritten({ line: '8x8x3-conv4-10:pool=average', changeB: '2=20:pool=average' });
  assert.deepEqual([fault, lost, reading?.state.changeB], [null, null, '2=20:pool=average']);
});

test('a first layer of B that does not take the input stays in the table, and the input is marked', () => {
  const line = ' 784-256-10';
  const { reading, fault } = readWritten({ line, changeB: '1=conv4' });
  assert.deepEqual([fault?.inB, fault?.row, line.slice(fault?.start, fault?.end)], [true, 0, '784']);
  assert.equal(reading?.stack.rows[0].changed.kind, 'conv');
});

test('a layer that differs in B is the same layer when others are typed before, behind or in its place', () => {
  /** @param {string[]} lines that follow each other @param {string} changeB of the first */
  const typed = (lines, changeB) => {
    const carry = createCarry();
    const [first, ...others] = lines.map((line) => parseStack(line));
    carry.begin(first, changeB);
    let before = first;
    return others.map((after) => {
      changeB = carry.next(before, changeB, after);
      before = after;
      return changeB;
    });
  };
  assert.deepEqual(typed(['64-30-20-10', '64-50-30-20-10'], '2=40'), ['3=40']);
  assert.deepEqual(typed(['64-30-20-10', '64-30-20-10-5', '64-20-10-5'], '2=40:gain=2'), [
    '2=40:gain=2',
    '1=40:gain=2',
  ]);
  assert.deepEqual(typed(['64-30-20-10', '64-30-25-10'], '2=40'), ['2=40'], 'A’s layer itself is changed');
  const keys = ['64-30-20-10', '64-530-20-10', '64-5030-20-10', '64-50-30-20-10'];
  assert.deepEqual(typed(keys, '1=40').at(-1), '2=40', 'key by key');
  assert.deepEqual(typed(['64-30-20-10', '64-30-10', '64-30-20-10'], '2=40'), ['', '2=40'], 'it was gone for a while');
  assert.deepEqual(typed(['64-20*64-10', '64-21*64-10', '64-5-21*64-10'], '5=64:tanh').at(-1), '6=64:tanh');
});

test('each field of a layer is written and read in the notation, and says what is used where it is empty', () => {
  const { layer } = readRows('28x28x1-conv6:5x3:gain=2:bias=0.1:normal=0.02:padding=1').stack.rows[0];
  const shown = ['size', 'kernel', 'stride', 'padding', 'groups', 'gain', 'bias', 'scheme'].map((field) =>
    showField(layer, field),
  );
  assert.deepEqual(shown, ['6', '5x3', '', '1', '', '2', '0.1', 'normal']);
  assert.deepEqual(
    ['kernel', 'stride', 'padding', 'gain'].map((field) => showUsual(layer, field)),
    ['3', '1', 'same', ''],
  );
  for (const field of ['size', 'kernel', 'padding', 'gain', 'bias']) {
    const fields = readField(layer, field, showField(layer, field));
    for (const [key, value] of Object.entries(fields)) assert.deepEqual(value, layer[key], field);
  }
  assert.deepEqual(readField(layer, 'gain', ''), { gain: undefined });
  assert.throws(() => readField(layer, 'kernel', 'five'), { field: 'stack' });
  const dense = changeKind(layer, 'dense');
  assert.deepEqual([dense.kind, dense.units, dense.gain, 'kernel' in dense], ['dense', 6, 2, false]);
  assert.deepEqual(changeKind(layer, 'flatten'), { kind: 'flatten' });
});

test('a refusal of a number of units names it as the page does, in both languages', () => {
  const { fault } = readWritten({ line: '1000000-65536-10', changeB: '' });
  const { refusal } = /** @type {any} */ (fault);
  assert.match(refusalWords(refusal, ['65536', '10'], true), /^Layer 1 \(65536\): the number of units is 65,536; /);
  assert.match(russian.refusalWords(refusal, ['65536', '10'], true), /^Слой 1 \(65536\), число нейронов: /);
});

/** A layer as it is in a line. @param {string} item @returns {any} */
const layerOf = (item) => readRows(`8x8x8-${item}`).stack.rows[0].layer;

test('a change of kind keeps what both kinds have', () => {
  for (const [item, kind, expected] of [
    ['maxpool3:stride=2', 'average-pool', 'avgpool3:stride=2'],
    ['maxpool3:stride=2:padding=1', 'average-pool', 'avgpool3:stride=2:padding=1'],
    ['conv6:5x5:stride=2:padding=1:tanh', 'transposed-conv', 'convT6:5x5:stride=2:padding=1:tanh'],
    ['conv6:5x5:stride=2:padding=valid', 'transposed-conv', 'convT6:5x5:stride=2'],
    ['conv6:stride=2', 'max-pool', 'maxpool2'],
  ])
    assert.deepEqual(changeKind(layerOf(item), kind), layerOf(expected), `${item} to ${kind}`);
});

test('the number of a scheme changes alone, and a field takes its own value only', () => {
  for (const [item, number, expected] of [
    ['30:variance-scaling(2,fan-in,uniform)', '3', '30:variance-scaling(3,fan-in,uniform)'],
    ['30:variance-scaling(2,fan-in,uniform)', '', '30:variance-scaling(fan-in,uniform)'],
    ['30:normal=0.1', '0.2', '30:normal=0.2'],
    ['30:normal=0.1', '', '30:normal'],
    ['30:normal', '0.5', '30:normal=0.5'],
  ])
    assert.deepEqual(
      readSchemeNumber(layerOf(item), number),
      { scheme: layerOf(expected).scheme },
      `${item}: ${number}`,
    );
  for (const [item, field, text] of [
    ['30', 'size', 'gap'],
    ['30', 'size', '20:tanh'],
    ['30', 'size', '20-10'],
    ['30', 'size', ''],
    ['conv6', 'size', '6:5x5'],
    ['30', 'gain', '2:tanh'],
  ])
    assert.throws(() => readField(layerOf(item), field, text), { name: 'RangeError' }, `${field}: ${text}`);
});

test('what is typed without a pause is one step back, and a step after one back forgets what was ahead', () => {
  let now = 0;
  const history = createHistory('a', () => now);
  for (const text of ['b', 'bc', 'bcd']) history.add(text, 'line');
  assert.equal(history.undo(), 'a');
  assert.equal(history.redo(), 'bcd');
  now = 5000;
  history.add('bcde', 'line');
  assert.deepEqual([history.undo(), history.undo(), history.undo()], ['bcd', 'a', 'a']);
  history.add('x');
  assert.equal(history.canRedo(), false);
  assert.deepEqual([history.undo(), history.redo(), history.redo()], ['a', 'x', 'x']);
});

test('every example of the editor runs on the page, forward and back', () => {
  for (const [name, stack] of Object.entries(EXAMPLES)) {
    assert.equal(readWritten({ line: stack, changeB: '' }).fault, null, name);
    const { layers } = run(`stack=${stack}&batch=2`);
    assert.equal(layers.length, parseStack(stack).length, name);
  }
});
