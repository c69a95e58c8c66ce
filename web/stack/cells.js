/**
 * cells.js: the fields of a layer in the table: one element for each, which shows a layer and tells what was changed.
 *
 * A cell knows the notation of its field (fields.js), and nothing of rows. What a cell is called comes with the words.
 */
import { KINDS } from '../engine/stack-words.js';
import { ACTIVATIONS } from '../engine/tables.js';
import { make, setInvalid } from '../page/elements.js';
import { SCHEME_GROUPS } from '../state/choices.js';
import { changeKind, hasField, readField, schemeNumberOf, showField, showUsual, sizeFieldOf } from './fields.js';

/**
 * @typedef {object} Cell
 * @property {HTMLElement} element
 * @property {(layer: any, usual: Record<string, string>) => void} show usual: what the whole network says, by field
 *
 * @typedef {(change: (layer: any) => any, typed: boolean) => void} Tell gets what makes the changed layer, and whether it
 *   was typed; it may throw where the text cannot be read
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

/** @param {HTMLInputElement | HTMLSelectElement} control @param {string} value unless the reader is typing there */
function setValue(control, value) {
  if (control.value !== value && control !== document.activeElement) control.value = value;
}

/** @param {HTMLElement} control @param {string} label @param {string} field */
const makeCell = (control, label, field) => make(`label.cell-${field}`, {}, make('span', {}, label), control);

/** Tells what was typed into a control, and marks the control where that cannot be read. @param {HTMLElement} control
 * @param {() => void} tell */
function tellTyped(control, tell) {
  try {
    tell();
    setInvalid(control, false);
  } catch {
    setInvalid(control, true);
  }
}

/**
 * A field for a text in the notation.
 * @param {string} field @param {any} layer @param {Named} named @param {Tell} tell @returns {Cell}
 */
function makeText(field, layer, { texts }, tell) {
  const label = field === 'size' ? texts.sizes[String(KINDS[layer.kind].number)] : texts.columns[field];
  const input = make('input', {
    type: 'text',
    autocomplete: 'off',
    spellcheck: false,
  });
  input.dataset.field = field;
  let shown = layer;
  input.addEventListener('input', () =>
    tellTyped(input, () => {
      const text = input.value.trim();
      tell((before) => ({ ...before, ...readField(before, field, text) }), true);
    }),
  );
  input.addEventListener('blur', () => {
    input.value = showField(shown, field); // what could not be read does not stay
    setInvalid(input, false);
  });
  return {
    element: makeCell(input, label, field),
    show(next, usual) {
      shown = next;
      setValue(input, showField(next, field));
      input.placeholder = showUsual(next, field) || usual[field] || '';
    },
  };
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
  select.addEventListener('change', () => {
    tell((before) => ({ ...before, ...readField(before, field, select.value) }), false);
  });
  return {
    select,
    element: makeCell(select, texts.columns[field], field),
    show(layer, usual) {
      const own = showUsual(layer, field) || usual[field] || '';
      const text = own === '' ? texts.ofBoth : choiceWords(own, field);
      if (usualOption.textContent !== text) usualOption.textContent = text;
      select.value = showField(layer, field);
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
    element: menu.element,
    show(layer, usual) {
      const value = showField(layer, 'padding');
      const known = [...menu.select.options].some((option) => option.value === value);
      if (!known) menu.select.append(makeOption(value, value));
      menu.show(layer, usual);
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
  const number = make('input', {
    type: 'text',
    autocomplete: 'off',
    ariaLabel: texts.columns.number,
  });
  number.dataset.field = 'number';
  number.addEventListener('input', () =>
    tellTyped(number, () => {
      const text = number.value.trim();
      tell((before) => {
        const found = schemeNumberOf(before);
        return { ...before, ...readField(before, 'scheme', `${found?.name}${text && `=${text}`}`) };
      }, true);
    }),
  );
  menu.element.append(number);
  return {
    element: menu.element,
    show(next, usual) {
      menu.show(next, usual);
      const found = schemeNumberOf(next);
      number.hidden = found === null;
      if (found) setValue(number, found.said === undefined ? '' : String(found.said));
      number.placeholder = String(found?.given ?? '');
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
  select.addEventListener('change', () => tell((before) => changeKind(before, select.value), false));
  return {
    element: makeCell(select, texts.columns.kind, 'kind'),
    show({ kind }) {
      select.value = kind;
    },
  };
}

/**
 * All cells of a layer that its kind has.
 * @param {any} layer
 * @param {Named} named
 * @param {Tell} tell
 * @returns {Cell[]}
 */
export const makeCells = (layer, named, tell) => [
  makeKind(named, tell),
  ...FIELDS.filter((field) => hasField(layer.kind, field)).map(
    (field) => MAKERS[field]?.(layer, named, tell) ?? makeText(field, layer, named, tell),
  ),
];

/** Layers with the same cells have the same key. @param {any} layer */
export const keyOfCells = (layer) => `${layer.kind} ${sizeFieldOf(layer.kind)}`;
