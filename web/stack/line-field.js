/**
 * line-field.js: the field for the line of layers, what is wrong with it, and the buttons beside it.
 *
 * A text behind the field marks the wrong place: a text field cannot. What the line means is decided in editor.js.
 */
import { make, makeButton, setInvalid } from '../page/elements.js';
import { EXAMPLES } from './examples.js';

/** @typedef {{ start: number, end: number, sentence: string }} Fault */

/**
 * @param {HTMLElement} around
 * @param {object} acts
 * @param {(text: string) => void} acts.type
 * @param {(line: string) => void} acts.choose an example
 * @param {() => void} acts.undo
 * @param {() => void} acts.redo
 * @param {() => void} acts.toggle shows or hides the table
 * @param {() => any} texts
 */
export function createLineField(around, acts, texts) {
  const field = make('textarea', { id: 'stack-line', rows: 1, spellcheck: false, autocomplete: 'off' });
  field.setAttribute('autocapitalize', 'off');
  field.setAttribute('aria-describedby', 'stack-fault');
  const marks = make('div.marks', { 'aria-hidden': 'true' });
  const label = make('label', { htmlFor: 'stack-line' });
  const fault = make('p.fault', { id: 'stack-fault' });
  const inB = make('p.in-b');
  const undo = makeButton('↶', acts.undo);
  const redo = makeButton('↷', acts.redo);
  const edit = makeButton('', acts.toggle, { className: 'edit' });
  edit.setAttribute('aria-controls', 'layers');
  const examples = make('select', { className: 'set' });
  const buttons = make('span.buttons', {}, undo, redo, edit);
  around.replaceChildren(label, examples, buttons, make('div.typed', {}, marks, field), inB, fault);

  /** As high as its text. */
  function fitHeight() {
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight + 2}px`;
  }

  field.addEventListener('input', () => {
    if (/[\r\n]/.test(field.value)) field.value = field.value.replace(/[\r\n]+/g, ' '); // pasted
    acts.type(field.value);
  });
  field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Enter') event.preventDefault();
  });
  field.addEventListener('scroll', () => {
    marks.scrollTop = field.scrollTop;
  });
  examples.addEventListener('change', () => {
    if (examples.value) acts.choose(EXAMPLES[examples.value]);
    examples.value = '';
  });
  new ResizeObserver(fitHeight).observe(around);

  /** @param {string} text @param {Fault | null} found */
  function showMarks(text, found) {
    const { start, end } = found ?? { start: 0, end: 0 };
    const marked = found ? make('mark', {}, text.slice(start, end) || ' ') : '';
    marks.replaceChildren(text.slice(0, start), marked, text.slice(end));
  }

  return {
    /** Writes every text in the language that is spoken. */
    write() {
      const { line, examples: shown, exampleNames, edit: name, undo: undoing, redo: redoing } = texts();
      label.replaceChildren(make('span', {}, line));
      label.firstElementChild.dataset.term = 'stack';
      examples.ariaLabel = shown;
      const options = Object.keys(EXAMPLES).map((key) => new Option(exampleNames[key], key));
      const first = new Option(shown, '');
      first.hidden = true;
      examples.replaceChildren(first, ...options);
      edit.textContent = name;
      for (const [button, text] of [
        [undo, undoing],
        [redo, redoing],
      ]) {
        button.title = text;
        button.ariaLabel = text;
      }
    },

    /**
     * @param {string} text
     * @param {Fault | null} found
     * @param {{ changeB: string, canUndo: boolean, canRedo: boolean, isOpen: boolean }} now changeB: as in a state
     */
    show(text, found, { changeB, canUndo, canRedo, isOpen }) {
      if (field.value !== text) field.value = text;
      setInvalid(field, found !== null);
      fault.textContent = found?.sentence ?? '';
      showMarks(text, found);
      const [, layer, item] = /^(\d+)=(.*)$/s.exec(changeB) ?? [];
      inB.textContent = layer ? texts().differs(layer, item) : '';
      // a button that is disabled would lose the focus, and Ctrl+Z with it
      undo.setAttribute('aria-disabled', String(!canUndo));
      redo.setAttribute('aria-disabled', String(!canRedo));
      edit.setAttribute('aria-expanded', String(isOpen));
      fitHeight();
    },
  };
}
