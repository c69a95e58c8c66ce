/**
 * layer-table.js: the table of layers below the line: a row for each item, with its fields, what it gives, and buttons to
 * move, copy and remove it, or to change it in B only.
 *
 * It shows rows and tells what was done to them. What follows from that is decided in editor.js, and the fields are in
 * cells.js.
 */
import { make, makeButton } from '../page/elements.js';
import { makeCell, makeFields } from './cells.js';
import { createDrag } from './drag.js';
import { readCount, readInput } from './fields.js';
import { createTextField } from './text-field.js';

/** @typedef {import('./rows.js').Row} Row */
/** @typedef {import('./cells.js').Cell} Cell */

/**
 * @typedef {object} Shown what the table shows
 * @property {string} input
 * @property {Row[]} rows
 * @property {string[]} names of the rows' layers
 * @property {string[]} outputs what each row gives; '' where that is not known
 * @property {string[]} weights how many weights each row has
 * @property {{ row: number, field: string, inB: boolean } | null} fault where the network cannot be as it is: in a row,
 *   or in the field `input`
 * @property {Record<string, string>[]} usual what the whole network says, by row and field
 * @property {Record<string, string>[]} usualB as the layers in B only have it
 *
 * @typedef {object} Acts what the reader does
 * @property {(text: string) => void} setInput
 * @property {(place: number, layer: any, typed: boolean, inB: boolean) => void} setLayer
 * @property {(place: number, count: number) => void} setCount
 * @property {(place: number, to: number) => void} move
 * @property {(place: number) => void} copy
 * @property {(place: number) => void} remove
 * @property {(place: number) => void} toggleB
 * @property {() => void} add
 */

/** Paths of the drawings in the buttons. @type {Record<string, string>} */
const DRAWINGS = {
  up: 'M8 13V3M4 7l4-4 4 4',
  down: 'M8 3v10M4 9l4 4 4-4',
  copy: 'M6 6h7v7H6zM10 6V3H3v7h3',
  remove: 'M4 4l8 8m0-8-8 8',
};

/** @param {string} path */
function makeDrawing(path) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

/**
 * @param {HTMLElement} section
 * @param {Acts} acts
 * @param {() => { texts: any, choiceWords: (name: string, key?: string) => string }} wordsNow
 */
export function createLayerTable(section, acts, wordsNow) {
  /** What the present elements were made from. */
  let madeFrom = '';
  /** @type {{ element: HTMLElement, show: (shown: Shown) => void }[]} */
  let lines = [];
  const list = make('ol', { className: 'rows' });
  const inputField = createTextField('input', { read: readInput, tell: acts.setInput }, { id: 'stack-input' });
  const { input } = inputField;
  const drag = createDrag(list, acts.move);

  /** A button of a row. @param {string} action
   * @param {() => void} act @param {boolean} [disabled] */
  function makeAction(action, act, disabled = false) {
    const { texts } = wordsNow();
    const button = makeButton('', act, { className: 'plain', title: texts[action], disabled });
    button.dataset.action = action;
    button.append(DRAWINGS[action] ? makeDrawing(DRAWINGS[action]) : 'B');
    return button;
  }

  /** The number of a row's layers. @param {number} place */
  function makeCount(place) {
    const { texts } = wordsNow();
    const tell = (/** @type {number} */ count) => acts.setCount(place, count);
    const field = createTextField('count', { read: readCount, tell }, { inputMode: 'numeric' });
    return { field, element: makeCell(field.input, texts.columns.count, 'count') };
  }

  /** The row of a layer as it is in B only. @param {number} place @param {Row} row */
  function makeOnlyB(place, { changed, count }) {
    if (!changed) return null;
    const { texts, choiceWords } = wordsNow();
    const fields = makeFields({ texts, choiceWords }, (layer, typed) => acts.setLayer(place, layer, typed, true));
    const remove = makeAction('sameB', () => acts.toggleB(place));
    remove.replaceChildren(makeDrawing(DRAWINGS.remove));
    const element = make(
      'div.only-b',
      { role: 'group' },
      make('b.B', {}, texts.onlyInB(count)),
      fields.element,
      make('span.actions', {}, remove),
    );
    return { element, fields };
  }

  /** Gives a row and its buttons the name of its layer. @param {HTMLElement} row @param {string} name */
  function nameAll(row, name) {
    const { texts } = wordsNow();
    row.setAttribute('aria-label', name);
    for (const button of row.querySelectorAll('button')) {
      button.setAttribute('aria-label', texts.ofRow(texts[String(button.dataset.action)], name));
    }
  }

  /** @param {Row} row @param {number} place @param {number} count of rows */
  function makeRow(row, place, count) {
    const { texts, choiceWords } = wordsNow();
    const counted = makeCount(place);
    const tell = (/** @type {any} */ layer, /** @type {boolean} */ typed) => acts.setLayer(place, layer, typed, false);
    const fields = makeFields({ texts, choiceWords }, tell, [counted.element]);
    const output = make('span.cell-output');
    const weights = make('span.cell-weights');
    const inB = makeAction('changeB', () => acts.toggleB(place));
    inB.setAttribute('aria-pressed', String(row.changed !== undefined));
    const actions = make(
      'span.actions',
      {},
      makeAction('up', () => acts.move(place, place - 1), place === 0),
      makeAction('down', () => acts.move(place, place + 1), place === count - 1),
      makeAction('copy', () => acts.copy(place)),
      inB,
      makeAction('remove', () => acts.remove(place), count === 1),
    );
    const number = make('span.number');
    drag.listen(number, place);
    const onlyB = makeOnlyB(place, row);
    const main = make('div.layer-row', { role: 'group' }, number, fields.element, output, weights, actions);
    const element = make('li', {}, main, ...(onlyB ? [onlyB.element] : []));
    return {
      element,
      /** @param {Shown} shown */
      show({ rows, names, outputs, weights: counts, fault, usual, usualB }) {
        const { layer, count: times, changed } = rows[place];
        number.textContent = names[place];
        nameAll(main, names[place]);
        if (onlyB) nameAll(onlyB.element, wordsNow().texts.inB(names[place]));
        const wrong = place === fault?.row ? fault : null;
        fields.show(layer, usual[place], wrong && !wrong.inB ? wrong.field : null);
        onlyB?.fields.show(changed, usualB[place], wrong?.inB ? wrong.field : null);
        counted.field.show(String(times), '', wrong?.field === 'count');
        output.textContent = outputs[place];
        weights.textContent = counts[place];
        element.classList.toggle('fault', wrong !== null);
      },
    };
  }

  /** Where the focus is: the row, in which of its networks, and the control. */
  function findFocus() {
    const { activeElement } = document;
    const row = activeElement?.closest('li');
    if (!row || !list.contains(row) || !(activeElement instanceof HTMLElement)) return null;
    const { field, action } = activeElement.dataset;
    return {
      place: [...list.children].indexOf(row),
      within: activeElement.closest('.only-b') ? '.only-b ' : '.layer-row ',
      control: field ? `[data-field="${field}"]` : `[data-action="${action}"]`,
    };
  }

  /** @param {ReturnType<typeof findFocus>} focus */
  function setFocus(focus) {
    if (!focus) return;
    const row = list.children[Math.min(focus.place, list.children.length - 1)];
    const found = row?.querySelector(focus.within + focus.control);
    const free = found instanceof HTMLButtonElement && found.disabled ? null : found;
    (free ?? row?.querySelector('.layer-row select'))?.focus();
  }

  /** @param {Shown} shown */
  function makeAll({ rows }) {
    const { texts } = wordsNow();
    const focus = findFocus();
    lines = rows.map((row, place) => makeRow(row, place, rows.length));
    list.replaceChildren(...lines.map(({ element }) => element));
    const head = make(
      'div.head-row',
      { 'aria-hidden': 'true' },
      ...Object.entries(texts.columns)
        .filter(([key]) => key !== 'number' && key !== 'outputPadding')
        .map(([key, text]) => make(`span.cell-${key}`, {}, String(text))),
    );
    const label = make('label.input', { htmlFor: 'stack-input' }, texts.input);
    const add = makeButton(texts.add, acts.add, { className: 'add' });
    section.setAttribute('aria-label', texts.table);
    if (list.parentElement !== section) section.replaceChildren(make('p.goes-in'), make('div'), list, make('p.end'));
    const [goesIn, heads, , end] = section.children;
    const typing = input === document.activeElement;
    goesIn.replaceChildren(label, input);
    if (typing) input.focus();
    heads.replaceChildren(head);
    end.replaceChildren(add);
    setFocus(focus);
  }

  return {
    /** @param {Shown} shown @param {boolean} [again] whether to make all elements again, in another language */
    show(shown, again = false) {
      const from = JSON.stringify(shown.rows.map(({ changed, count }) => (changed ? count : '')));
      if (from !== madeFrom || again) {
        madeFrom = from;
        makeAll(shown);
      }
      for (const line of lines) line.show(shown);
      inputField.show(shown.input, '', shown.fault?.field === 'input');
    },

    /** Moves the focus to a control of a row. @param {number} place @param {string} control its selector */
    focus: (place, control) => setFocus({ place, within: '.layer-row ', control }),
  };
}
