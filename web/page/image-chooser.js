/**
 * image-chooser.js: takes the reader's own image file, from the file field or dropped anywhere on the page. How a file
 * is read and checked is in image-file.js.
 */
import { words } from '../locales/words.js';
import { ACCEPT, readPicture, requireContrast, whyNoPicture } from './image-file.js';

/** @typedef {Awaited<ReturnType<typeof readPicture>>} Picture */

/**
 * @param {HTMLInputElement} field
 * @param {object} page
 * @param {() => import('../engine/images.js').ImageSpec | null} page.images which images the networks would see of it
 * @param {(picture: Picture) => void} page.use makes the picture the input
 * @param {(say: () => string, besideFile: boolean) => void} page.note
 */
export function listenForImages(field, { images, use, note }) {
  /** A large file may take longer to read than the one chosen after it: the newest wins. @type {File | undefined} */
  let newest;

  /** @param {File | undefined} file */
  async function take(file) {
    if (!file) return;
    newest = file;
    try {
      const picture = await readPicture(file);
      if (file !== newest) return;
      requireContrast(picture, images());
      use(picture);
      note(() => words.WORDS.picture(picture.name), true);
    } catch (error) {
      if (file !== newest) return;
      const why = whyNoPicture(error);
      note(() => words.refusalWords(why), true);
    }
  }

  field.accept = ACCEPT;
  field.addEventListener('change', () => take(field.files?.[0]));
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    take(event.dataTransfer?.files[0]);
  });
}
