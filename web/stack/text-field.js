/**
 * text-field.js: a text field of the table. While the reader types, it keeps what was typed; once left, it shows what counts.
 *
 * It does not know what its text means: the caller reads it.
 */
import { isRefusal } from '../engine/refusal.js';
import { make, setInvalid } from '../page/elements.js';

/** The field that is being typed into. @type {HTMLInputElement | null} */
let typing = null;

/** Has every field show what counts, also the one that is being typed into. */
export function endTyping() {
  typing = null;
}

/**
 * Marks a control whose value cannot be.
 * @param {HTMLElement} control
 * @param {boolean} isWrong
 * @param {boolean} [isTold] whether the sentence below the line is about this control
 */
export function markWrong(control, isWrong, isTold = isWrong) {
  setInvalid(control, isWrong);
  if (isTold) control.setAttribute('aria-describedby', 'stack-fault');
  else control.removeAttribute('aria-describedby');
}

/**
 * @template T
 * @param {string} name of the field
 * @param {object} acts
 * @param {(text: string) => T} acts.read throws a RefusalError where the text is wrong
 * @param {(value: T) => void} acts.tell gets what was read
 * @param {Record<string, any>} [properties] of the element
 */
export function createTextField(name, { read, tell }, properties = {}) {
  const input = make('input', { type: 'text', autocomplete: 'off', spellcheck: false, ...properties });
  input.dataset.field = name;
  let counts = '';
  /** Whether the network cannot be with what counts, and whether what was typed cannot be read. */
  let isFault = false;
  let isUnread = false;
  const paint = () => markWrong(input, isFault || isUnread, isFault);

  /** The value of what was typed; null where it is wrong. @returns {{ value: T } | null} */
  function tryToRead() {
    try {
      return { value: read(input.value.trim()) };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return null;
    }
  }

  function showCounting() {
    isUnread = false;
    if (input.value !== counts) input.value = counts;
  }

  input.addEventListener('input', () => {
    typing = input;
    const found = tryToRead();
    isUnread = found === null;
    if (found) tell(found.value);
    paint();
  });
  input.addEventListener('blur', () => {
    if (typing === input) endTyping();
    showCounting(); // what could not be read does not stay
    paint();
  });

  return {
    input,
    /**
     * @param {string} text what counts
     * @param {string} [usual] what is used where it is ''
     * @param {boolean} [wrong] whether the network cannot be with it
     */
    show(text, usual = '', wrong = false) {
      [counts, isFault] = [text, wrong];
      input.placeholder = usual;
      if (input !== typing) showCounting();
      paint();
    },
  };
}
