/*
 * The dialog of sharing: the link, a frame for another page, the numbers as files, print. It is the browser's own
 * dialog, which keeps the focus, closes by Escape and gives the focus back. Nothing is sent anywhere.
 */
import css from '../../build/dialog.css';
import { mayBeBlocked, save, textsOf } from './save.js';
import { statistics, toCsv, toJson } from './statistics.js';

/** @typedef {import('./sharing.js').Shared} Shared */

/** What the dialog looks like: a policy that allows no inline styles allows this. */
const looks = new CSSStyleSheet();

/** Put in by the build from package.json. */
// @ts-expect-error it is defined by esbuild
const version = VERSION;

/** Pixels of a frame that has room for verdicts, charts and a row of controls. */
const FRAME = { width: 960, height: 560 };

/** Controls that are offered for a frame; the link can name any. */
const OFFERED = ['depth', 'width', 'activation', 'a', 'gainA', 'b', 'gainB', 'seed'];

/**
 * @param {string} tag
 * @param {Record<string, any>} properties
 * @param {(Node | string)[]} children
 * @returns {any}
 */
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** The frame's HTML. @param {string} address @param {string} title */
function frameOf(address, title) {
  const quoted = (/** @type {string} */ text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const { width, height } = FRAME;
  return (
    `<iframe src="${quoted(address)}" title="${quoted(title)}" width="${width}" height="${height}" ` +
    'loading="lazy" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>'
  );
}

/**
 * Copies what a field holds, or leaves it selected where the browser does not allow that.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @returns {Promise<boolean>}
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

/** Whether a link to this page leads nobody else to it. */
const isLocal = () => location.protocol === 'file:' || /^(localhost|127\.|\[::1\])/.test(location.hostname);

/** What a control is called, as the page does. @param {string} key */
function nameOf(key) {
  const label = document.querySelector(`label[for="${key}"]`)?.textContent?.trim() ?? key;
  return label + (/[AB]$/.test(key) ? ` ${key.at(-1)}` : '');
}

/** @param {Shared} shared @param {(text: string) => void} say @param {any} texts */
function linkAndFrame({ state, linkTo }, say, texts) {
  const whole = { ...state, embed: '0', show: '' };
  if (!linkTo(state)) return [make('p', {}, texts.noLink)];
  const link = make('input', { id: 'share-link', readOnly: true, value: linkTo(whole) });
  const frame = make('textarea', { id: 'share-frame', readOnly: true, rows: 4 });
  const boxes = OFFERED.map((key) => make('input', { type: 'checkbox', value: key, onchange: writeFrame }));
  function writeFrame() {
    const show = boxes.filter((box) => box.checked).map((box) => box.value);
    frame.value = frameOf(linkTo({ ...whole, embed: '1', show: show.join(',') }), texts.frameTitle);
  }
  writeFrame();
  const copier = (/** @type {any} */ field, /** @type {'link' | 'frame'} */ what) =>
    make('button', {
      type: 'button',
      textContent: texts.copy,
      ariaLabel: `${texts.copy}: ${field === link ? texts.link : texts.frame}`,
      onclick: async () => say((await copy(field)) ? texts.copied[what] : texts.selected),
    });
  const names = boxes.map((box) => make('label', {}, box, ` ${nameOf(box.value)}`));
  return [
    make('label', { htmlFor: link.id }, texts.link),
    make('p', { className: 'copied' }, link, copier(link, 'link')),
    ...(isLocal() ? [make('p', { className: 'about' }, texts.local)] : []),
    make('label', { htmlFor: frame.id }, texts.frame),
    make('p', { className: 'copied' }, frame, copier(frame, 'frame')),
    make('fieldset', {}, make('legend', {}, texts.kept), ...names),
    make('p', { className: 'about' }, texts.about),
  ];
}

/** The files of numbers. @type {Record<string, [(told: any) => string, type: string]>} */
const FILES = { csv: [toCsv, 'text/csv'], json: [toJson, 'application/json'] };

/** @param {Shared} shared @param {(text: string) => void} say @param {any} texts */
function files({ reply, format }, say, texts) {
  return Object.entries(FILES).map(([extension, [write, type]]) =>
    make('button', {
      type: 'button',
      textContent: extension.toUpperCase(),
      disabled: !reply,
      onclick() {
        if (!reply) return;
        const name = `initscope-${reply.state.a}-${reply.state.b}.${extension}`;
        save(new Blob([write(statistics(reply, format(reply.state), version))], { type }), name);
        say(mayBeBlocked() ? texts.mayBlock(name) : texts.saved(name));
      },
    }),
  );
}

/** The page's live region, in view while the dialog is open: all that is not in it is inert then, and not heard. */
function borrowStatus() {
  const status = /** @type {HTMLElement} */ (document.getElementById('spoken'));
  const [home, className] = [status.parentElement, status.className];
  status.className = 'about';
  status.textContent = '';
  return {
    status,
    leave() {
      status.className = className;
      status.textContent = '';
      home?.prepend(status);
    },
  };
}

/** Opens the dialog. @param {Shared} shared */
export function openShare(shared) {
  const texts = textsOf(shared.words);
  const { status, leave } = borrowStatus();
  const say = (/** @type {string} */ text) => {
    status.textContent = text;
  };
  const dialog = make('dialog', { id: 'share-dialog', ariaLabel: texts.title });
  dialog.addEventListener('close', () => {
    leave();
    dialog.remove();
  });
  const close = make('button', {
    type: 'button',
    className: 'plain',
    textContent: texts.close,
    onclick: () => dialog.close(),
  });
  const print = make('button', { type: 'button', textContent: texts.print, onclick: () => dialog.close() });
  print.addEventListener('click', () => setTimeout(() => window.print()));
  dialog.append(
    make('div', { className: 'top' }, make('h2', {}, texts.title), close),
    ...linkAndFrame(shared, say, texts),
    make('p', { className: 'files' }, make('span', {}, texts.numbers), ...files(shared, say, texts), print),
    status,
  );
  looks.replaceSync(css);
  document.adoptedStyleSheets = [...new Set([...document.adoptedStyleSheets, looks])];
  document.body.append(dialog);
  dialog.showModal();
}
