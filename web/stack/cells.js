/**
 * cells.js: the fields of a layer in the table: one element for each, which shows a layer and tells what was changed.
 *
 * A cell knows the notation of its field (fields.js), and nothing of rows. What a cell is called comes with the words.
 */
import { KINDS } from '../engine/stack-words.js';
import { ACTIVATIONS } from '../engine/tables.js';
import { make } from '../page/elements.js';
import { SCHEME_GROUPS } from '../state/choices.js';
import { changeKind, hasField, readField, readSchemeNumber, schemeNumberOf, showField, showUsual } from './fields.js';
import { createTextField, markWrong } from './text-field.js';

/**
 * @typedef {object} Cell
 * @property {string} field
 * @property {HTMLElement} element
 * @property {(layer: any, usual: Record<string, string>, isWrong: boolean) => void} show usual: what the whole network
 *   says, by field; isWrong: whether the layer cannot be there because of this field
 *
 * @typedef {(layer: any, typed: boolean) => void} Tell gets the changed layer, and whether it was typed
 *
 * @typedef {object} Named what cells are made with
 * @property {any} texts STACK_WORDS
 * @property {(name: string, key?: string) => string} choiceWords
 */

/** The fields of a row in their order, after its kind. */
export const FIELDS = [
  'size',
  'kernel',
  'stride',
  'padding',
  'outputPadding',
  'groups',
  'activation',
  'scheme',
  'gain',
  'bias',
];

/** @param {HTMLElement} control @param {string} label @param {string} field */
export const makeCell = (control, label, field) => make(`label.cell-${field}`, {}, make('span', {}, label), control);

/**
 * A field for a text in the notation.
 * @param {string} field @param {any} layer @param {Named} named @param {Tell} tell @returns {Cell}
 */
function makeText(field, layer, { texts }, tell) {
  const label = field === 'size' ? texts.sizes[String(KINDS[layer.kind].number)] : texts.columns[field];
  let shown = layer;
  const text = createTextField(field, {
    read: (typed) => ({ ...shown, ...readField(shown, field, typed) }),
    tell: (changed) => tell(changed, true),
  });
  return {
    field,
    element: makeCell(text.input, label, field),
    show(next, usual, isWrong) {
      shown = next;
      text.show(showField(next, field), showUsual(next, field) || usual[field] || '', isWrong);
    },
  };
}

/** Chooses an option. To choose it once more would end the typing of its name. @param {HTMLSelectElement} select
 * @param {string} value */
function setOption(select, value) {
  if (select.value !== value) select.value = value;
}

/** @param {string} value @param {string} text */
const makeOption = (value, text) => make('option', { value }, text);

/** A menu of names. What is usual stands first, under a heading: a narrow menu shows the name and has no room for more.
 * @param {string} field @param {Node[]} options after the usual one
 * @param {Named} named @param {Tell} tell @returns {Cell & { select: HTMLSelectElement }} */
function makeMenu(field, options, { texts, choiceWords }, tell) {
  const usualOption = makeOption('', '');
  const select = make('select', {}, make('optgroup', { label: texts.usualHead }, usualOption), ...options);
  select.dataset.field = field;
  /** @type {any} */
  let shown = null;
  select.addEventListener('change', () => tell({ ...shown, ...readField(shown, field, select.value) }, false));
  return {
    field,
    select,
    element: makeCell(select, texts.columns[field], field),
    show(layer, usual, isWrong) {
      shown = layer;
      markWrong(select, isWrong);
      const own = showUsual(layer, field) || usual[field] || '';
      const text = own === '' ? texts.ofBoth : choiceWords(own, field);
      if (usualOption.textContent !== text) usualOption.textContent = text;
      setOption(select, showField(layer, field));
      const isUsual = select.value === '';
      select.title = isUsual ? texts.usual(text) : '';
      select.classList.toggle('usual', isUsual);
    },
  };
}

/** The menu of paddings: those of the kind, and as many numbers as a kernel of 7 needs. @param {any} layer
 * @param {Named} named @param {Tell} tell @returns {Cell} */
function makePadding({ kind }, named, tell) {
  const names = kind === 'transposed-conv' ? [] : ['same', 'valid'];
  const menu = makeMenu(
    'padding',
    [...names, '0', '1', '2', '3'].map((value) => makeOption(value, value)),
    named,
    tell,
  );
  return {
    ...menu,
    show(layer, usual, isWrong) {
      const value = showField(layer, 'padding');
      const known = [...menu.select.options].some((option) => option.value === value);
      if (!known) menu.select.append(makeOption(value, value));
      menu.show(layer, usual, isWrong);
    },
  };
}

/** The menu of schemes, with the number of those that have one. @param {any} _ @param {Named} named
 * @param {Tell} tell @returns {Cell} */
function makeScheme(_, named, tell) {
  const { texts, choiceWords } = named;
  const groups = Object.entries(SCHEME_GROUPS).map(([group, schemes]) =>
    make('optgroup', { label: choiceWords(group) }, ...schemes.map((one) => makeOption(one, choiceWords(one)))),
  );
  const menu = makeMenu('scheme', groups, named, tell);
  /** @type {any} */
  let shown = null;
  const number = createTextField(
    'number',
    {
      read: (text) => ({ ...shown, ...readSchemeNumber(shown, text) }),
      tell: (changed) => tell(changed, true),
    },
    { ariaLabel: texts.columns.number },
  );
  menu.element.append(number.input);
  return {
    ...menu,
    show(next, usual, isWrong) {
      shown = next;
      menu.show(next, usual, isWrong);
      const found = schemeNumberOf(next);
      number.input.hidden = found === null;
      number.show(String(found?.said ?? ''), String(found?.given ?? ''));
    },
  };
}

/** By field; all others are texts. @type {Record<string, (layer: any, named: Named, tell: Tell) => Cell>} */
const MAKERS = {
  padding: makePadding,
  activation: (_, named, tell) =>
    makeMenu(
      'activation',
      ACTIVATIONS.map((name) => makeOption(name, named.choiceWords(name))),
      named,
      tell,
    ),
  scheme: makeScheme,
};

/** The menu of kinds. @param {Named} named @param {Tell} tell @returns {Cell} */
function makeKind({ texts }, tell) {
  const options = Object.keys(KINDS).map((kind) => makeOption(kind, texts.kinds[kind]));
  const select = make('select', {}, ...options);
  select.dataset.field = 'kind';
  /** @type {any} */
  let shown = null;
  select.addEventListener('change', () => tell(changeKind(shown, select.value), false));
  return {
    field: 'kind',
    element: makeCell(select, texts.columns.kind, 'kind'),
    show(layer, _, isWrong) {
      shown = layer;
      setOption(select, layer.kind);
      markWrong(select, isWrong);
    },
  };
}

/** The cells that a kind of layer has, after its kind. @param {any} layer @param {Named} named @param {Tell} tell */
const makeCells = (layer, named, tell) =>
  FIELDS.filter((field) => hasField(layer.kind, field)).map(
    (field) => MAKERS[field]?.(layer, named, tell) ?? makeText(field, layer, named, tell),
  );

/**
 * All cells of a layer. Another kind of layer has other cells, but the menu of kinds stays where it is: a reader who types
 * the name of a kind has only begun when the first letter has chosen one.
 * @param {Named} named
 * @param {Tell} tell
 * @param {HTMLElement[]} beside what stands beside the kind
 */
export function makeFields(named, tell, beside = []) {
  const kind = makeKind(named, tell);
  const element = make('span.fields', {}, kind.element, ...beside);
  /** @type {Cell[]} */
  let cells = [];
  let made = '';

  /** @param {any} layer */
  function makeAgain(layer) {
    const focused = cells.find((cell) => cell.element.contains(document.activeElement));
    for (const cell of cells) cell.element.remove();
    cells = makeCells(layer, named, tell);
    element.append(...cells.map((cell) => cell.element));
    made = layer.kind;
    if (!focused) return;
    const { element: next } = cells.find(({ field }) => field === focused.field) ?? kind;
    /** @type {HTMLElement | null} */ (next.querySelector('input, select'))?.focus();
  }

  return {
    element,
    /**
     * @param {any} layer
     * @param {Record<string, string>} usual as in Cell
     * @param {string | null} wrong the field because of which the layer cannot be there: its kind, if it has no such cell
     */
    show(layer, usual, wrong) {
      if (made !== layer.kind) makeAgain(layer);
      const isKind = wrong !== null && wrong !== 'count' && !cells.some(({ field }) => field === wrong);
      for (const cell of [kind, ...cells]) cell.show(layer, usual, cell.field === (isKind ? 'kind' : wrong));
    },
  };
}
