/**
 * dialog.js: the share dialog: a link and a frame (link-section.js), the numbers as files, and print. It is a <dialog>:
 * the browser keeps the focus inside, closes it on Escape and gives the focus back.
 *
 * It sends nothing anywhere.
 */
import { make, makeButton } from '../page/elements.js';
import { makeLinkSection } from './link-section.js';
import { mayBeBlocked, save, textsOf } from './save.js';
import { statistics, toCsv, toJson } from './statistics.js';

/** @typedef {import('./sharing.js').Shared} Shared */

/** The version in package.json, filled in by the build. */
// @ts-expect-error esbuild defines it
const version = VERSION;

/**
 * The formats of the numbers: how each is written, and its MIME type.
 * @type {Record<string, [write: (numbers: any) => string, type: string]>}
 */
const FILES = { csv: [toCsv, 'text/csv'], json: [toJson, 'application/json'] };

/**
 * Makes a button for each format, which saves the numbers of the run.
 * @param {Shared} shared
 * @param {(text: string) => void} say shows a message in the dialog
 * @param {any} texts of the dialog
 */
function makeFileButtons({ reply, format }, say, texts) {
  return Object.entries(FILES).map(([extension, [write, type]]) => {
    function saveNumbers() {
      if (!reply) return;
      const name = `initscope-${reply.state.a}-${reply.state.b}.${extension}`;
      save(new Blob([write(statistics(reply, format(reply.state), version))], { type }), name);
      say(mayBeBlocked() ? texts.mayBlock(name) : texts.saved(name));
    }
    return makeButton(extension.toUpperCase(), saveNumbers, { disabled: !reply });
  });
}

/**
 * Borrows the page's live region: while the dialog is open, screen readers hear nothing outside it. In the dialog the
 * region is also in view.
 */
function borrowStatus() {
  const status = /** @type {HTMLElement} */ (document.getElementById('spoken'));
  const [home, className] = [status.parentElement, status.className];
  status.className = 'about';
  status.textContent = '';
  return {
    status,
    giveBack() {
      status.className = className;
      status.textContent = '';
      home?.prepend(status);
    },
  };
}

/** Opens the dialog. @param {Shared} shared */
export function openShare(shared) {
  const texts = textsOf(shared.words);
  const { status, giveBack } = borrowStatus();
  const say = (/** @type {string} */ text) => {
    status.textContent = text;
  };
  const dialog = make('dialog', { id: 'share-dialog', ariaLabel: texts.title });
  dialog.addEventListener('close', () => {
    giveBack();
    dialog.remove();
  });
  const close = makeButton(texts.close, () => dialog.close(), { className: 'plain' });
  const print = makeButton(texts.print, () => {
    dialog.close();
    setTimeout(() => window.print()); // once the dialog has gone
  });
  dialog.append(
    make('div.top', {}, make('h2', {}, texts.title), close),
    ...makeLinkSection(shared, say, texts),
    make('p.files', {}, make('span', {}, texts.numbers), ...makeFileButtons(shared, say, texts), print),
    status,
  );
  document.body.append(dialog);
  dialog.showModal();
}
