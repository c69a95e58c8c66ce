/*
 * The numbers that the page exports, as the reader gets them: by the button JSON of the share dialog.
 */

/** What an export says of the networks: the rest is not computed. @param {string} json */
export const networksIn = (json) => json.slice(json.indexOf('"networks"'));

/** Presses JSON in the share dialog, and returns what would be saved. It runs in the page. */
export async function exportNumbers() {
  const make = URL.createObjectURL;
  const press = HTMLAnchorElement.prototype.click;
  const until = async (/** @type {string} */ selector, /** @type {(button: any) => boolean} */ isThis = () => true) => {
    for (;;) {
      const found = [...document.querySelectorAll(selector)].find(isThis);
      if (found) return /** @type {HTMLElement} */ (found);
      await new Promise(requestAnimationFrame);
    }
  };
  /** @type {Promise<Blob>} */
  const saved = new Promise((resolve) => {
    URL.createObjectURL = (/** @type {any} */ blob) => {
      resolve(blob);
      return 'about:blank';
    };
  });
  HTMLAnchorElement.prototype.click = () => {};
  (await until('#share')).click();
  (await until('#share-dialog .files button', ({ textContent }) => textContent === 'JSON')).click();
  const text = await (await saved).text();
  Object.assign(URL, { createObjectURL: make });
  HTMLAnchorElement.prototype.click = press;
  /** @type {HTMLDialogElement} */ (document.querySelector('#share-dialog')).close();
  return text;
}
