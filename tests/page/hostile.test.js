/*
 * Addresses and file names that try to run a script in the page or to change the page. For that, the page would have to
 * treat text as markup or code. A payload that ran would leave a mark. One test runs a script on purpose, to show that the
 * mark would be seen.
 */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { SCHEMA } from '../../web/state/state.js';
import { ADDRESS, drawn, go, open, settled, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

const MARK = 'window.pwned=1';
const PAYLOADS = [
  `<img src=x onerror="${MARK}">`,
  `"><svg onload=${MARK}>`,
  `'><script>${MARK}</script>`,
  `</title></style></textarea><iframe srcdoc="<script>parent.pwned=1</script>">`,
  `javascript:${MARK}`,
  `\${${MARK}}`,
  `');${MARK};//`,
  `data:text/html,<script>opener.pwned=1</script>`,
  `../../${MARK}`,
  '__proto__',
  '\u202e\u0000\uffff\ud800',
];

/** The marks that a script would leave, and how many elements could hold a script. @param {Page} page */
const marks = (page) =>
  page.evaluate(() => ({
    pwned: /** @type {any} */ (window).pwned,
    polluted: /** @type {any} */ ({}).polluted,
    // other than those of the page itself
    foreign: document.querySelectorAll('img[onerror], svg[onload], iframe, object, embed, a[href^="javascript:"]')
      .length,
    scripts: [...document.scripts].filter(({ src }) => !src.startsWith(location.origin)).length,
  }));
const CLEAN = { pwned: undefined, polluted: undefined, foreign: 0, scripts: 0 };

test('a script that did run would be seen', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=8');
    await page.evaluate(() => {
      Object.assign(window, { pwned: 1 });
      document.body.append(document.createElement('iframe'));
    });
    assert.deepEqual(await marks(page), { ...CLEAN, pwned: 1, foreign: 1 });
  });
});

test('no payload runs, whatever key of the address it stands in', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=8');
    for (const payload of PAYLOADS) {
      for (const text of [payload, encodeURIComponent(payload.replace(/[\ud800-\udfff]/g, ''))]) {
        const keys = [...SCHEMA.map(({ key }) => key), text, '__proto__', '__proto__[polluted]', 'constructor'];
        await go(page, keys.map((key) => `${key}=${text}`).join('&'));
        await settled(page);
        assert.deepEqual(await marks(page), CLEAN, text);
      }
    }
    // one key at a time, so that the note has room for each
    for (const { key } of SCHEMA) {
      await go(page, `depth=2&width=8&${key}=${PAYLOADS[0]}`);
      await settled(page);
      if (key === 'libraries') {
        // the view that it opens says so
        await page.waitForFunction(() => /no library or finding “<img/.test(document.body.textContent ?? ''));
      } else {
        // of a line of layers the note says where it is wrong
        const said = key === 'stack' ? /cannot be read. Character 1, “<”/ : new RegExp(`${key}=<img`);
        assert.match(String(await page.textContent('#note')), said);
      }
      assert.deepEqual(await marks(page), CLEAN, key);
    }
  });
});

test('a page that is opened at a hostile address is the page that it always is', async () => {
  for (const key of ['lang', 'lesson', 'embed', 'constructor']) {
    await withPage({}, async (page) => {
      await page.goto(`${ADDRESS}#depth=2&width=8&${PAYLOADS.map((payload) => `${key}=${payload}`).join('&')}`);
      await drawn(page, { depth: 2 });
      assert.deepEqual(await marks(page), CLEAN, key);
    });
  }
});

test('an embed that is told to show what there is not shows nothing of it', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${ADDRESS}#depth=2&width=8&embed=1&show=depth,${PAYLOADS.join()},a`);
    await drawn(page, { depth: 2 });
    assert.deepEqual(await marks(page), CLEAN);
  });
});

/** A picture of two pixels, black and white, as a PNG in base64. @param {Page} page */
const png = (page) =>
  page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 2, height: 1 });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.fillStyle = '#fff';
    context.fillRect(0, 0, 2, 1);
    context.fillStyle = '#000';
    context.fillRect(0, 0, 1, 1);
    return canvas.toDataURL().split(',')[1];
  });

/** Drops a file of this name and these bytes. @param {Page} page @param {string} name @param {string} base64 */
const drop = (page, name, base64) =>
  page.evaluate(
    ([title, text]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))], title));
      dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
    },
    [name, base64],
  );

test('no name of a file runs, neither of one that is refused nor of one that is taken', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=8&batch=2');
    const note = async () => String(await page.textContent('#note'));
    const picture = await png(page);
    for (const [i, payload] of PAYLOADS.entries()) {
      for (const content of [btoa(`no picture ${i}`), btoa(PAYLOADS[2]), picture]) {
        await page.evaluate(() => {
          for (const quiet of document.querySelectorAll('#note, #picture-note')) quiet.textContent = '';
        });
        await drop(page, payload, content);
        await page.waitForFunction(() => document.getElementById('picture-note')?.textContent);
        assert.ok((await note()).length < 400);
        assert.deepEqual(await marks(page), CLEAN, payload);
      }
      assert.match(await note(), /^“.*” is now the input/s); // the picture was accepted, and the note gives its name
    }
  });
});

/** Calls that treat text as markup or code. Reading outerHTML is not one. */
const DANGEROUS =
  /\b(inner|outer)HTML\s*[+?|&]*=(?!=)|\b(insertAdjacentHTML|createContextualFragment|setHTMLUnsafe|DOMParser)\b|\.srcdoc\b|document\.write|\beval\(|new Function\b|\bset(Timeout|Interval)\(['"`]/;

test('no source of the page takes text for markup or code', async () => {
  const web = new URL('../../web/', import.meta.url);
  const names = /** @type {string[]} */ (await readdir(web, { recursive: true })).filter((name) =>
    /\.(js|html)$/.test(name),
  );
  assert.ok(names.length > 50);
  for (const name of names) {
    const found = DANGEROUS.exec(await readFile(new URL(name, web), 'utf8'));
    assert.equal(found?.[0], undefined, name);
  }
});
