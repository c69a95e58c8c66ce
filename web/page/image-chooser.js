/**
 * image-chooser.js: takes the reader's own image file, from the file field or dropped anywhere on the page.
 *
 * How a file is read and checked is in image-file.js, a part that loads with the first file.
 */
import { OWN } from '../engine/image-names.js';
import { words } from '../locales/words.js';
import { imagesOf } from '../state/networks.js';
import { loadPart } from './parts.js';

/** @typedef {typeof import('./image-file.js')} Reader */
/** @typedef {Awaited<ReturnType<Reader['readPicture']>>} Picture */

/** Why a file was not used. The reader of files brings its English words; other languages bring their own.
 * @param {Reader} reader @param {import('../locales/refused.js').Refused} why */
function sayWhy({ FILE_REFUSED }, why) {
  const sentences = /** @type {any} */ (words).FILE_REFUSED ?? FILE_REFUSED;
  return sentences[why.code]?.(why) ?? words.refusalWords(why);
}

/**
 * @param {HTMLInputElement} field
 * @param {object} page
 * @param {() => import('../state/state.js').State} page.state
 * @param {(picture: Picture) => void} page.usePicture hands the picture to the networks
 * @param {(changes: Partial<import('../state/state.js').State>) => void} page.change changes the state
 * @param {(say: () => string, besideFile: boolean) => void} page.note
 */
export function listenForImages(field, { state, usePicture, change, note }) {
  /** A large file may take longer to read than the one chosen after it: the newest wins. @type {File | undefined} */
  let newest;

  /** @returns {Promise<Reader | null>} null if the part could not be loaded */
  async function load() {
    try {
      return await loadPart('image');
    } catch (error) {
      field.value = ''; // so that choosing the same file again tries again
      note(() => words.WORDS.noImages(String(error)), true);
      return null;
    }
  }

  /** @param {File | undefined} file */
  async function take(file) {
    if (!file) return;
    newest = file;
    const reader = await load();
    if (!reader) return;
    try {
      const picture = await reader.readPicture(file);
      if (file !== newest) return;
      reader.requireContrast(picture, imagesOf({ ...state(), input: OWN }));
      usePicture(picture);
      change({ input: OWN });
      note(() => words.WORDS.picture(picture.name), true);
    } catch (error) {
      if (file !== newest) return;
      const why = reader.whyNoPicture(error);
      note(() => sayWhy(reader, why), true);
    }
  }

  field.addEventListener('change', () => take(field.files?.[0]));
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    take(event.dataTransfer?.files[0]);
  });
}
