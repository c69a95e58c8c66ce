/*
 * The page away from its own address: as a single file from the disk, in frames with few permissions, and embedded in
 * another page (embed=1). It requests nothing beyond its files, and keeps to its policy.
 */
import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { test } from 'node:test';
import { STATES } from '../../web/state/lesson-states.js';
import { ADDRESS, DIST, drawn, open, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */

const FILE = new URL('initscope.html', DIST);
const SINGLE = await readFile(FILE, 'utf8');

/** The page's requests, apart from the page itself and what it made. @param {Page} page */
function requestsOf(page) {
  /** @type {string[]} */
  const requests = [];
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url())) requests.push(request.url());
  });
  return requests;
}

/** Records violations of the policy, which the page itself may not notice, and counts the addresses that the page tries to
 * write. @param {Page} page */
const watchPolicy = (page) =>
  page.addInitScript(() => {
    const seen = /** @type {any} */ (window);
    seen.violations = [];
    seen.written = 0;
    const write = History.prototype.replaceState;
    History.prototype.replaceState =
      /** @this {History} @param {[any, string]} address */
      function (...address) {
        seen.written++;
        write.apply(this, address);
      };
    addEventListener('securitypolicyviolation', (event) => {
      seen.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });

/** @param {Page | Frame} page */
const violations = (page) => page.evaluate(() => /** @type {any} */ (window).violations);

/** Opens a page that holds frames and lists their messages. @param {Page} page @param {string} html */
async function frameIn(page, html) {
  await page.goto(`${ADDRESS}nothing-here`);
  await page.setContent(html);
  await page.evaluate(() => {
    const seen = /** @type {any} */ (window);
    seen.told = [];
    addEventListener('message', ({ data, source }) => {
      const frame = [...document.querySelectorAll('iframe')].findIndex((iframe) => iframe.contentWindow === source);
      seen.told.push({ frame, data });
    });
  });
}

/** @param {Page} page @param {Record<string, string>} attributes */
const addFrame = (page, attributes) =>
  page.evaluate((given) => {
    const frame = document.createElement('iframe');
    for (const [name, value] of Object.entries({ width: '960', height: '560', ...given }))
      frame.setAttribute(name, value);
    document.body.append(frame);
  }, attributes);

test('the single file is at most 760 kB, and runs from the disk without a request', async () => {
  // both engines are in it, every lesson in both languages, training, and the digits that networks train on
  assert.ok((await stat(FILE)).size <= 760_000);
  await withPage({ before: watchPolicy }, async (page) => {
    const requests = requestsOf(page);
    await page.goto(`${FILE.href}#depth=3&lang=ru`);
    await drawn(page, { depth: 3 });
    assert.equal(await page.evaluate(() => document.documentElement.dataset.engine), 'worker');
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'ru');
    await page.click('#share');
    await page.waitForSelector('#share-dialog[open]');
    assert.deepEqual(requests, [FILE.href], 'the file, and nothing else');
    assert.deepEqual(await violations(page), []);
  });
});

for (const [where, attributes] of /** @type {[string, Record<string, string>][]} */ ([
  ['a frame with sandbox="allow-scripts"', { sandbox: 'allow-scripts', src: `${ADDRESS}initscope.html` }],
  ['a srcdoc frame', { srcdoc: SINGLE }],
  ['a srcdoc frame with sandbox="allow-scripts"', { sandbox: 'allow-scripts', srcdoc: SINGLE }],
  ['a sandboxed frame of the folder', { sandbox: 'allow-scripts', src: `${ADDRESS}index.html` }],
])) {
  test(`it runs in ${where}, and goes without what is not allowed there`, async () => {
    const before = async (/** @type {Page} */ page) => {
      await watchPolicy(page);
      await page.route('**/nothing-here', (route) => route.fulfill({ body: '' }));
    };
    await withPage({ before }, async (page) => {
      await frameIn(page, '<p>around it</p>');
      await addFrame(page, attributes);
      const inside = page.frameLocator('iframe');
      await inside.locator('#sheet[data-settled][data-layers-a="20"]').waitFor();
      await inside.locator('#depth').fill('3');
      await inside.locator('#sheet[data-settled][data-layers-a="3"]').waitFor();
      await inside.locator('#share').click();
      await inside.locator('#share-dialog').waitFor();
      const text = String(await inside.locator('#share-dialog').textContent());
      assert.equal(/no address of its own/.test(text), 'srcdoc' in attributes);
      const frame = page.frames()[1];
      await frame.waitForFunction(() => /** @type {any} */ (window).written > 0); // or refused
      assert.deepEqual(await violations(frame), []);
    });
  });
}

test('the page keeps to its policy in whatever state, and the policy is in force', async () => {
  for (const state of [
    'kind=conv&channels=4&depth=3&batch=2',
    'input=gratings&depth=2&width=32',
    'theme=dark&lang=ru&depth=2',
    'embed=1&show=depth,kind,layer&depth=2',
    `lesson=${Object.keys(STATES)[0]}&depth=2&width=32`,
  ]) {
    await withPage({ before: watchPolicy, expected: /inline style violates/ }, async (page) => {
      await open(page, state);
      assert.deepEqual(await violations(page), [], state);
      await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
      await page.waitForFunction(() => /** @type {any} */ (window).violations.length === 1);
    });
  }
});

test('embed=1 leaves verdicts, charts and the named controls, and a link to the whole page', async () => {
  await withPage({ width: 960, height: 560 }, async (page) => {
    await open(page, 'embed=1&show=depth,b,kind&seed=7');
    const visible = await page.evaluate(() => {
      const named = [
        ...document.querySelectorAll('input, select, button:not(.term), summary, h1, figure, .verdict'), // a term explains itself
      ];
      const unseen = document.querySelector('.head'); // the page's name is there only for screen readers
      const shown = named.filter((element) => element.getClientRects().length > 0 && !unseen?.contains(element));
      return shown.map((element) => /** @type {any} */ (element).name || element.id || element.className);
    });
    assert.equal(await page.evaluate(() => document.querySelector('.head')?.getBoundingClientRect().height), 1);
    assert.deepEqual(visible, [
      'depth',
      'depth',
      'b',
      'kind',
      'kind',
      'verdictA',
      'verdictB',
      'rms',
      'ridgeA',
      'ridgeB',
    ]);
    assert.equal(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), true, 'fits a slide');
    await page.fill('#depth', '5');
    await drawn(page, { depth: 5 });
    const href = String(await page.getAttribute('.whole-page', 'href'));
    assert.equal(href, `${ADDRESS}#depth=5&seed=7`);
    const [whole] = await Promise.all([page.waitForEvent('popup'), page.click('.whole-page')]);
    await drawn(whole, { depth: 5 });
    assert.ok(await whole.isVisible('#share'));
  });
  await withPage({}, async (page) => {
    await open(page, 'embed=1&depth=2');
    assert.equal(
      await page.locator('input:visible, select:visible, button:not(.term):visible').count(),
      0,
      'none without show=',
    );
  });
});

test('in a frame that opens no windows the link shows the whole page in the frame', async () => {
  const before = (/** @type {Page} */ page) => page.route('**/nothing-here', (route) => route.fulfill({ body: '' }));
  await withPage({ before, expected: /^Blocked opening/ }, async (page) => {
    await frameIn(page, '');
    await addFrame(page, { sandbox: 'allow-scripts', src: `${ADDRESS}#embed=1&depth=2` });
    const inside = page.frameLocator('iframe');
    await inside.locator('#sheet[data-layers-a="2"]').waitFor();
    await inside.locator('.whole-page').click();
    await inside.locator('#share').waitFor();
    await inside.locator('#sheet[data-layers-a="2"]').waitFor();
  });
});

test('frames that are hidden at first, as slides are, draw when they are shown and scaled, and tell their height', async () => {
  const before = (/** @type {Page} */ page) => page.route('**/nothing-here', (route) => route.fulfill({ body: '' }));
  await withPage({ before }, async (page) => {
    const src = `${ADDRESS}#embed=1&show=depth&depth=4&width=32`;
    const slide = `<section hidden><iframe width="960" height="560" sandbox="allow-scripts" src="${src}"></iframe></section>`;
    await frameIn(page, `<div style="transform: scale(0.5); transform-origin: 0 0">${slide}${slide}</div>`);
    await page.evaluate(() => {
      addEventListener('keydown', (event) => event.key === 'ArrowRight' && document.body.append('next'));
    });
    for (const i of [0, 1]) {
      const started = () => document.documentElement.dataset.engine !== undefined;
      await page.frames()[1 + i].waitForFunction(started, null, { polling: 50 }); // a hidden frame draws no animation frames
    }
    for (const i of [0, 1]) {
      await page.evaluate((n) => document.querySelectorAll('section')[n].removeAttribute('hidden'), i);
      const inside = page.frameLocator('iframe').nth(i);
      await inside.locator('#sheet[data-settled][data-layers-a="4"]').waitFor();
      const frame = page.frames()[1 + i];
      await frame.waitForFunction(() =>
        ['#rms', '#ridgeA', '#ridgeB'].every((id) => {
          const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector(`${id} canvas`));
          const box = /** @type {HTMLElement} */ (canvas.parentElement);
          return canvas.width > 100 && Math.abs(canvas.clientWidth - box.clientWidth) <= 1 && canvas.clientHeight > 100;
        }),
      );
    }
    for (const i of [0, 1]) {
      const height = await page.frames()[1 + i].evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
      await page.waitForFunction(
        ([number, wanted]) => {
          const last = /** @type {any} */ (window).told.findLast((/** @type {any} */ { frame }) => frame === number);
          return JSON.stringify(last?.data) === wanted;
        },
        /** @type {const} */ ([i, JSON.stringify({ initscope: { height } })]),
      );
    }
    const prevented = await page
      .frames()[1]
      .evaluate(() =>
        ['ArrowRight', 'ArrowLeft', ' ', 'PageDown'].map(
          (key) => !document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })),
        ),
      );
    assert.deepEqual(prevented, [false, false, false, false], 'keys are left to the slides where no control has them');
  });
});
