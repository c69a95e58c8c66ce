/*
 * Parts of the page that are loaded when they are first needed: scripts of their own beside the main one, built from
 * the table of parts in build.sh. A part is a bundle of its own: it shares no module with the main script, so that what
 * it needs of the page (words, the state, what to do) is handed to what it exports. The single file holds all parts
 * before the main script, and then nothing is loaded.
 */

/** Where the main script came from; '' where it stands in the document, or there is none (Node). */
const base = /** @type {HTMLScriptElement | null} */ (globalThis.document?.currentScript)?.src ?? '';

/** What has been asked for. @type {Map<string, Promise<any>>} */
const asked = new Map();

/** The parts that have run, by name: each adds itself. @returns {Record<string, any>} */
const present = () => /** @type {any} */ (globalThis).initscope ?? {};

/** @param {string} name */
function load(name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = base ? new URL(`${name}.js`, base).href : `${name}.js`;
    script.addEventListener('load', () => resolve(present()[name]));
    script.addEventListener('error', () => {
      asked.delete(name); // the next time it is tried again
      script.remove();
      reject(new Error(`${script.src} could not be loaded`));
    });
    document.head.append(script);
  });
}

/**
 * The exports of a part, loaded if it is not there. A classic script, so that it also works from the disk and under a
 * policy of 'self'.
 * @param {string} name
 * @returns {Promise<any>}
 */
export function loadPart(name) {
  const part = present()[name];
  if (part) return Promise.resolve(part);
  const loading = asked.get(name) ?? load(name);
  asked.set(name, loading);
  return loading;
}
