/**
 * write.js: writes a text into an element. The document changes only where the text does.
 *
 * It knows nothing of what the text says, so that parts of the page which load later can use it too.
 */

/**
 * Writes a text into an element, unless the element has that text already.
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
