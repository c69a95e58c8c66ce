/**
 * link-section.js: the section of the share dialog with the link to the page, and the HTML of a frame for another page.
 *
 * An address is made in page/address.js; how a framed page behaves is in page/embed.js.
 */
import { make, makeButton } from '../page/elements.js';
import { MAKES_LAYERS } from '../state/stacks.js';

/** @typedef {import('./sharing.js').Shared} Shared */

/** CSS pixels of a frame that has room for verdicts, charts and a row of controls. */
const FRAME = { width: 960, height: 660 };

/** Controls that the dialog offers for a frame; a link can name any. */
const OFFERED = ['depth', 'width', 'activation', 'a', 'gainA', 'b', 'gainB', 'seed'];

/** The HTML of a frame. @param {string} address @param {string} title */
function frameHtml(address, title) {
  const quote = (/** @type {string} */ text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const { width, height } = FRAME;
  return (
    `<iframe src="${quote(address)}" title="${quote(title)}" width="${width}" height="${height}" ` +
    'loading="lazy" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>'
  );
}

/**
 * The address of the same state in the single file. A frame in a sandbox has no origin. The policy of the folder allows
 * its own origin, so there WebKit loads nothing, and from disk no browser does; the policy of the single file allows what
 * it holds by hashes.
 * @param {string} link to this page
 */
function inSingleFile(link) {
  const script = /** @type {HTMLScriptElement | null} */ (document.querySelector('script[src]'));
  return script ? new URL(`initscope.html${new URL(link).hash}`, script.src).href : link;
}

/**
 * Copies the text of a field to the clipboard; where the browser refuses, leaves it selected.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @returns {Promise<boolean>} whether it was copied
 */
async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand('copy');
  }
}

/** Whether only this machine can open a link to the page. */
const isLocal = () => location.protocol === 'file:' || /^(localhost|127\.|\[::1\])/.test(location.hostname);

/** The name that the page shows beside a control, without its unit. @param {string} key */
function controlName(key) {
  const label = document.querySelector(`label[for="${key}"]`);
  const unit = label?.querySelector('.unit')?.textContent ?? '';
  const name = label?.textContent?.replace(unit, '').trim() ?? key;
  return name + (/[AB]$/.test(key) ? ` ${key.at(-1)}` : '');
}

/**
 * Makes a field that cannot be edited, with its label and a button that copies it.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {'link' | 'frame'} what the field holds
 * @param {(text: string) => void} say
 * @param {any} texts
 * @returns {HTMLElement[]}
 */
function makeCopied(field, what, say, texts) {
  const onclick = async () => say((await copy(field)) ? texts.copied[what] : texts.selected);
  const copier = makeButton(texts.copy, onclick, { ariaLabel: `${texts.copy}: ${texts[what]}` });
  return [make('label', { htmlFor: field.id }, texts[what]), make('p.copied', {}, field, copier)];
}

/**
 * @param {Shared} shared
 * @param {(text: string) => void} say shows a message in the dialog
 * @param {any} texts of the dialog
 * @returns {HTMLElement[]} one line where the page has no address that a link could lead to
 */
export function makeLinkSection({ state, linkTo }, say, texts) {
  if (!linkTo(state)) return [make('p', {}, texts.noLink)];
  const whole = { ...state, embed: '0', show: '' };
  const link = make('input', { id: 'share-link', readOnly: true, value: linkTo(whole) });
  const frame = make('textarea', { id: 'share-frame', readOnly: true, rows: 4 });
  const offered = OFFERED.filter((key) => !(state.stack && MAKES_LAYERS.includes(key)));
  const boxes = offered.map((key) => make('input', { type: 'checkbox', value: key, onchange: writeFrame }));
  function writeFrame() {
    const show = boxes.filter((box) => box.checked).map((box) => box.value);
    frame.value = frameHtml(inSingleFile(linkTo({ ...whole, embed: '1', show: show.join(',') })), texts.frameTitle);
  }
  writeFrame();
  const labels = boxes.map((box) => make('label', {}, box, ` ${controlName(box.value)}`));
  return [
    ...makeCopied(link, 'link', say, texts),
    ...(isLocal() ? [make('p.about', {}, texts.local)] : []),
    ...makeCopied(frame, 'frame', say, texts),
    make('fieldset', {}, make('legend', {}, texts.kept), ...labels),
    make('p.about', {}, texts.about),
  ];
}
