/**
 * elements.js: makes HTML elements, each in one expression.
 *
 * It does not know what they are for.
 */

/**
 * Makes an element.
 * @param {string} name its tag, with its class after a dot: `p.note`
 * @param {Record<string, any>} [properties] `role` and names with a dash become attributes
 * @param {(Node | string)[]} children
 * @returns {any} the element, of whichever type
 */
export function make(name, properties = {}, ...children) {
  const [tag, className = ''] = name.split('.');
  const element = document.createElement(tag);
  if (className) element.className = className;
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes('-') || key === 'role') element.setAttribute(key, value);
    else Object.assign(element, { [key]: value });
  }
  element.append(...children);
  return element;
}

/**
 * Makes a button that submits nothing.
 * @param {string} text
 * @param {() => void} onclick
 * @param {Record<string, any>} [properties] further ones
 */
export const makeButton = (text, onclick, properties = {}) =>
  make('button', { type: 'button', onclick, ...properties }, text);

/** Marks a control whose text cannot be taken, or takes the mark away. @param {Element} control @param {boolean} bad */
export const setInvalid = (control, bad) =>
  bad ? control.setAttribute('aria-invalid', 'true') : control.removeAttribute('aria-invalid');

/**
 * Whether an element stands in the label of a choice: of a control that a press switches.
 * @param {Element} element
 */
export const namesChoice = (element) =>
  /^(radio|checkbox)$/.test(/** @type {any} */ (element.closest('label'))?.control?.type);
