/**
 * parts.js: loads the parts of the page that are not in the main script. The table of parts is in build.sh.
 *
 * Each part is a bundle of its own and shares no module with the main script. So the main script hands each function of
 * a part whatever it needs: words, the state, what to call. In the single file all parts come before the main script,
 * and nothing is loaded.
 */

/** The address of the main script; '' where the script is in the document itself, or in Node. */
const base = /** @type {HTMLScriptElement | null} */ (globalThis.document?.currentScript)?.src ?? '';

/** Parts that have been asked for. @type {Map<string, Promise<any>>} */
const requests = new Map();

/** The exports of parts that have run, by name: each part adds itself. @returns {Record<string, any>} */
const present = () => /** @type {any} */ (globalThis).initscope ?? {};

/** @param {string} name */
function load(name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = base ? new URL(`${name}.js`, base).href : `${name}.js`;
    script.addEventListener('load', () => resolve(present()[name]));
    script.addEventListener('error', () => {
      requests.delete(name); // so that the next call tries again
      script.remove();
      reject(new Error(`${script.src} could not be loaded`));
    });
    document.head.append(script);
  });
}

/**
 * The exports of a part, loaded if it is not there. A part is a classic script, since browsers load no modules from
 * disk.
 * @param {string} name
 * @returns {Promise<any>} rejects where the part cannot be loaded; the next call then tries again
 */
export function loadPart(name) {
  const part = present()[name];
  if (part) return Promise.resolve(part);
  const request = requests.get(name) ?? load(name);
  requests.set(name, request);
  return request;
}
