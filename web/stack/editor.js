/**
 * editor.js: the editor of the reader's own layers: a line and a table that follow each other, with undo and redo. What can
 * be read and run goes into the state at once.
 *
 * A line that cannot be run stays in the field, and the state keeps the last one that could. How line and table look is in
 * line-field.js and layer-table.js, what a line means in reading.js.
 */

import { formatStack } from '../engine/stack.js';
import { STACK_WORDS } from '../locales/en/stack.js';
import { stackRefusalWords } from '../locales/en/stack-refusals.js';
import { layerNames } from '../reading/layer-names.js';
import { usualActivation } from '../state/networks.js';
import { MAKES_LAYERS } from '../state/stacks.js';
import { LETTERS } from '../state/state.js';
import { createBlockNote } from './block-note.js';
import { createCarry } from './carry.js';
import { nextLayer } from './fields.js';
import { createHistory } from './history.js';
import { readKept } from './kept-rows.js';
import { createLayerTable } from './layer-table.js';
import { createLineField } from './line-field.js';
import { writeStack } from './reading.js';
import { copyRow, firstLayerOf, insertRow, moveRow, removeRow, setRow, toggleChanged } from './rows.js';
import { endTyping } from './text-field.js';

/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('./kept-rows.js').Kept} Written */
/** @typedef {import('./reading.js').Reading} Reading */
/** @typedef {import('./rows.js').Row} Row */

/** @typedef {import('../page/own-stack.js').Host} Host */

/** Where this has not changed, the reader's own layers come back as they were. @param {State} state */
const makingOf = (state) => JSON.stringify(MAKES_LAYERS.map((key) => state[key]));

/** Milliseconds without typing, after which what is wrong is read out. */
const PAUSE = 1500;

/** The longest piece of the reader's own text that is shown in a sentence. */
const LONGEST = 24;

/** @param {string} text */
const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

const EMPTY = /** @type {Written} */ ({ line: '', changeB: '' });

/** What a layer of a network takes from the controls, by field. @param {State} state @param {'A' | 'B'} letter
 * @returns {Record<string, string>} */
function usualOf(state, letter) {
  const bias = state[`bias${letter}`];
  return {
    scheme: state[letter.toLowerCase()],
    gain: String(state[`gain${letter}`]),
    bias: bias === 'sigma' ? String(state.bias) : bias,
  };
}

/** @param {import('../engine/shapes.js').LayerShape | undefined} shape */
function outputText(shape) {
  if (!shape) return '';
  const { height, width, channels } = shape.out;
  return height * width > 1 ? `${height} × ${width} × ${channels}` : String(channels);
}

/** @param {Host} host */
export function createEditor(host) {
  const { find, state, change, say } = host;
  const words = () => /** @type {any} */ (host.words());
  // the part holds its English words; other languages bring their own
  const texts = () => /** @type {typeof STACK_WORDS} */ (words().STACK_WORDS ?? STACK_WORDS);

  let written = EMPTY;
  let { reading, fault, wrong } = readKept({ line: '1-1', changeB: '' });
  /** @type {ReturnType<typeof createHistory<Written>> | null} */
  let history = null;
  let isOpen = false;
  /** What made the layers that the reader's own took the place of. */
  let madeFrom = '';
  /** What the editor put into the state last, or took from it. */
  let own = EMPTY;
  /** Whether something is written that is not shown yet. */
  let isNewer = false;
  /** What the table was shown for. @type {unknown[]} */
  let shownFor = [];
  /** The sentence that was read out last, and the timer of the next. */
  let told = '';
  let telling = 0;
  const carry = createCarry();
  const aboutBlock = createBlockNote(host);
  /** The sentence on the line of the last address; '' where it was read. */
  let ignored = () => '';

  const line = createLineField(
    find('line'),
    {
      type: (text) => write({ line: text, changeB: carried(text) }, 'line'),
      choose: (text) => write({ line: text, changeB: '' }),
      undo: () => step('undo'),
      redo: () => step('redo'),
      toggle: () => open(!isOpen),
    },
    texts,
  );
  const table = createLayerTable(
    find('layers'),
    {
      setInput: (text) => edit((rows) => rows, 'input', text),
      setLayer: (place, layer, typed, inB) =>
        edit((rows) => setRow(rows, place, inB ? { changed: layer } : { layer }), typed ? `${place} ${inB}` : ''),
      setCount: (place, count) => edit((rows) => setRow(rows, place, { count }), `${place} count`),
      move(place, to) {
        edit((rows) => moveRow(rows, place, to));
        table.focus(to, `[data-action="${to < place ? 'up' : 'down'}"]`);
        say(texts().moved(nameOf(to), to + 1, rowsNow().length));
      },
      copy(place) {
        edit((rows) => copyRow(rows, place));
        table.focus(place + 1, '[data-field="kind"]');
        sayAdded(place + 1);
      },
      remove(place) {
        const name = nameOf(place);
        edit((rows) => removeRow(rows, place));
        table.focus(Math.min(place, rowsNow().length - 1), '[data-action="remove"]');
        say(texts().removed(name));
      },
      toggleB(place) {
        edit((rows) => toggleChanged(rows, place));
        table.focus(place, '[data-action="changeB"]');
      },
      add() {
        const { length } = rowsNow();
        edit((rows) => insertRow(rows, length, { layer: nextLayer(rows.map(({ layer }) => layer)), count: 1 }));
        table.focus(length, '[data-field="kind"]');
        sayAdded(length);
      },
    },
    () => ({ texts: texts(), choiceWords: words().choiceWords }),
  );

  const rowsNow = () => /** @type {Reading} */ (reading).stack.rows;

  /** @param {number} place of a new row; nothing is said where the network cannot have it */
  function sayAdded(place) {
    if (/** @type {Reading} */ (reading).state.line) say(texts().added(nameOf(place)));
  }

  /** What a row's layers are called. @param {number} place */
  const nameOf = (place) => namesOfRows(/** @type {Reading} */ (reading))[place];

  /** @param {Reading['layers']} layers @returns {string[]} */
  const namesOfLayers = (layers) => layerNames([layers], words().WORDS.outputLayer);

  /** @param {Reading} read @returns {string[]} */
  function namesOfRows({ stack: { rows }, layers }) {
    const names = namesOfLayers(layers);
    return rows.map((_, place) => names[firstLayerOf(rows, place) - 1]);
  }

  /** @param {import('../engine/refusal.js').Refusal} refusal of a text */
  const wordsOfText = (refusal) => (words().stackRefusalWords ?? stackRefusalWords)(refusal);

  /** Why the change in B does not count. @param {import('./reading.js').Lost} lost */
  function lostWords({ layer, item, depth, refusal }) {
    if (refusal) return texts().changeRefused(layer, short(item), wordsOfText(refusal));
    return layer === null ? texts().changeUnread(short(item)) : texts().changeAbsent(layer, depth);
  }

  /** The change in B for a line that is typed. @param {string} text */
  function carried(text) {
    const next = readKept({ line: text, changeB: '' }).reading;
    return next ? carry.next(/** @type {Reading} */ (reading).layers, written.changeB, next.layers) : written.changeB;
  }

  /** What is wrong, in words. */
  function faultNow() {
    if (!fault) return null;
    const { start, end, refusal, inB } = fault;
    const { layers, layersB } = /** @type {Reading} */ (reading);
    const sentence = refusal.code.startsWith('stack')
      ? wordsOfText(refusal)
      : words().refusalWords(refusal, namesOfLayers(inB ? layersB : layers), true);
    return { start, end, sentence: inB ? texts().faultInB(sentence) : sentence };
  }

  /** @param {boolean} [again] whether all texts are written again */
  function show(again = false) {
    isNewer = false;
    const { stack, shapes } = /** @type {Reading} */ (reading);
    const isShown = written.line !== '' && (state().stack !== '' || fault !== null);
    find('controls').dataset.line = String(isShown);
    find('line').hidden = !isShown;
    find('layers').hidden = !(isShown && isOpen);
    line.show(written.line, faultNow(), {
      changeB: written.changeB,
      canUndo: history?.canUndo() ?? false,
      canRedo: history?.canRedo() ?? false,
      isOpen,
    });
    const { rows } = stack;
    const shows = [reading, wrong, words().lang, JSON.stringify(usualNow(rows))];
    const isNew = again || shows.some((one, i) => one !== shownFor[i]);
    if (find('layers').hidden || !isNew) return;
    shownFor = shows;
    const shapesOf = (/** @type {number} */ place) => {
      const first = firstLayerOf(rows, place) - 1;
      return shapes.slice(first, first + rows[place].count);
    };
    table.show(
      {
        input: stack.input,
        rows,
        names: namesOfRows(/** @type {Reading} */ (reading)),
        outputs: rows.map((_, place) => outputText(shapesOf(place).at(-1))),
        weights: rows.map((_, place) => weightsText(shapesOf(place))),
        fault: wrong,
        ...usualNow(rows),
      },
      again,
    );
  }

  /** @param {import('../engine/shapes.js').LayerShape[]} shapes */
  function weightsText(shapes) {
    const count = shapes.reduce((sum, { rows, out }) => sum + rows * out.channels, 0);
    return count > 0 ? words().count(count) : '';
  }

  /** What the layers of each row take from the controls, and those in B only. @param {Row[]} rows */
  function usualNow(rows) {
    const now = state();
    const [ofA, ofB] = LETTERS.map((letter) => usualOf(now, letter));
    const ofBoth = Object.fromEntries(Object.keys(ofA).map((key) => [key, ofA[key] === ofB[key] ? ofA[key] : '']));
    const activations = rows.map((row, place) => {
      const isLast = place === rows.length - 1 && row.count === 1;
      return [row.layer, row.changed].map((layer) => (layer ? usualActivation(now, layer, isLast) : ''));
    });
    return {
      usual: rows.map(({ changed, count }, place) => ({
        ...(changed && count === 1 ? ofA : ofBoth),
        activation: activations[place][0],
      })),
      usualB: rows.map((_, place) => ({ ...ofB, activation: activations[place][1] })),
    };
  }

  /**
   * Takes over what the reader wrote, and puts it into the state if it can be run.
   * @param {Written} next
   * @param {string} [field] that it was typed into, as one step with what was typed there before
   * @param {boolean} [keep] whether it is a new step
   */
  function write(next, field = '', keep = true) {
    written = next;
    ignored = () => '';
    const found = readKept(next);
    reading = found.reading ?? reading;
    ({ fault, wrong } = found);
    if (found.reading?.state.line && field !== 'line') carry.begin(found.reading.layers, next.changeB);
    if (keep) {
      if (history) history.add(next, field);
      else history = createHistory(next);
    }
    const { line: stack, changeB } = found.reading?.state ?? EMPTY;
    const now = state();
    const isNew = stack !== now.stack || changeB !== now.changeB;
    if (stack && !fault) own = { line: stack, changeB };
    isNewer = true;
    if (stack && !fault && isNew) change({ stack, changeB }); // which shows the new state
    if (isNewer) show();
    tellFault();
  }

  /** Has what is wrong read out, once the reader has stopped typing. */
  function tellFault() {
    clearTimeout(telling);
    const sentence = faultNow()?.sentence ?? '';
    if (sentence === told) return;
    telling = window.setTimeout(() => {
      told = sentence;
      if (sentence) say(sentence);
    }, PAUSE);
  }

  /**
   * Changes the rows, and with them the line.
   * @param {(rows: Row[]) => Row[]} act
   * @param {string} [field] as in write
   * @param {string} [input] a new input
   */
  function edit(act, field = '', input = undefined) {
    const { stack } = /** @type {Reading} */ (reading);
    const next = { input: input ?? stack.input, rows: act(stack.rows) };
    write({ ...writeStack(next), stack: next }, field);
  }

  /** @param {'undo' | 'redo'} way */
  function step(way) {
    if (!history) return;
    endTyping();
    write(history[way](), '', false);
  }

  /** @param {boolean} next */
  function open(next) {
    isOpen = next;
    show();
  }

  /** Leaves the layers to the controls. A line that cannot be run gives way to the last one that could. */
  function leave() {
    if (fault) {
      written = own;
      reading = readKept(own).reading ?? reading;
      [fault, wrong] = [null, null];
      history?.add(written);
    }
    own = EMPTY;
    ignored = () => '';
  }

  for (const id of ['line', 'layers']) {
    find(id).addEventListener('keydown', (event) => {
      const { key, code, ctrlKey, metaKey, shiftKey, altKey } = event;
      if (!(ctrlKey || metaKey) || altKey) return;
      // a key that types no Latin letter goes by its place
      const letter = /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace('Key', '').toLowerCase();
      const way = { z: shiftKey ? 'redo' : 'undo', y: 'redo' }[letter];
      if (!way) return;
      event.preventDefault();
      step(/** @type {'undo' | 'redo'} */ (way));
    });
  }
  line.write();

  return {
    /** Begins with the layers of the state; or goes on with the reader's own, if the controls still make the same. */
    begin() {
      const now = state();
      const making = makingOf(now);
      isOpen = true;
      if (written.line && making === madeFrom) write(written, '', false);
      else write({ line: formatStack(host.layersOf(now)), changeB: '' });
      madeFrom = making;
    },

    leave,

    /**
     * Reads the line of a new state.
     * @param {State} next
     * @returns {Partial<State>} the line and the change in B as a state holds them; '' where they cannot be read
     */
    open(next) {
      const { lost } = readKept({ line: next.stack, changeB: next.changeB });
      written = { line: next.stack, changeB: lost ? '' : next.changeB };
      const found = readKept(written);
      reading = found.reading ?? reading;
      ({ fault, wrong } = found);
      history = createHistory(written);
      madeFrom = makingOf(next);
      const { line: stack, changeB } = found.reading?.state ?? EMPTY;
      own = { line: stack, changeB };
      carry.begin(/** @type {Reading} */ (reading).layers, changeB);
      const unread = () => (found.reading ? '' : texts().ignored(String(faultNow()?.sentence)));
      ignored = () => (lost ? lostWords(lost) : unread());
      show();
      return { stack, changeB };
    },

    /** Whether a line is shown that is not in the state: it cannot be run. */
    isPending: () => written.line !== '' && own.line === '' && fault !== null,

    /** What is wrong with the line of the last address. */
    fault: () => ignored(),

    /** Shows a state. @param {State} next */
    reflect(next) {
      aboutBlock(next);
      const { stack, changeB } = next;
      if (own.line && !stack) leave();
      else if (stack && (stack !== own.line || changeB !== own.changeB)) {
        own = { line: stack, changeB };
        write(own);
      }
      show();
    },

    /** Writes every text in the language that is spoken. */
    write() {
      line.write();
      aboutBlock(state());
      show(true);
    },
  };
}
