/*
 * Elements, made in one expression. Nothing here knows what they are for.
 */

/**
 * @param {string} name of the element, with its class after a dot
 * @param {Record<string, any>} [properties] those with a dash are attributes
 * @param {(Node | string)[]} children
 * @returns {any}
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

/** @param {string} text @param {() => void} onclick @param {Record<string, any>} [more] */
export const button = (text, onclick, more = {}) => make('button', { type: 'button', onclick, ...more }, text);
