/*
 * The page in a browser: what it draws and says. Controls are in controls.test.js, failures in failures.test.js and
 * survival.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, lookAtFormulas, open, unfold, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page @param {'A' | 'B'} letter */
const verdict = (page, letter) => page.textContent(`#verdict${letter} p`);

/** The share of a canvas that is coloured, not grey. @param {Page} page @param {string} selector */
const inked = (page, selector) =>
  page.evaluate((which) => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector(which));
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 0 && Math.abs(data[i] - data[i + 2]) > 40) count++;
    return count / (data.length / 4);
  }, selector);

test('the first view shows Xavier vanish beside He, without a click', async () => {
  await withPage({}, async (page) => {
    await open(page);
    assert.match(
      String(await verdict(page, 'A')),
      /^Signal vanishes; gradients vanish; inputs grow alike After 20 layers, 0\.09% of the signal is left \(×\s0\.706 per layer\)\./,
    );
    assert.match(String(await verdict(page, 'A')), / Multiply the weights by 1\.41: that is He initialization\.$/);
    assert.match(String(await verdict(page, 'B')), /^Scale kept; /);
    for (const chart of ['#weights', '#rms', '#correlation', '#dead', '#ridgeA', '#ridgeB', '#detail']) {
      assert.ok((await inked(page, `${chart} canvas`)) > 0.002, chart);
    }
    const label = await page.getAttribute('#ridgeA canvas', 'aria-label');
    assert.match(String(label), /^A: Signal vanishes; gradients vanish; inputs grow alike\. After 20 layers/);
  });
});

for (const theme of /** @type {const} */ (['light', 'dark'])) {
  test(`nothing is wider than the screen from 1440 to 320 pixels (${theme})`, async () => {
    for (const width of [1440, 1024, 844, 390, 320]) {
      await withPage({ width, height: 844, theme }, async (page) => {
        const networks = 'a=pytorch-default&biasA=pytorch-default&b=uniform&valueB=0.0625';
        await open(page, `${networks}&depth=100&width=32&activation=leaky-relu&seed=4294967295`);
        const overflow = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          const wide = [...document.querySelectorAll('main *, form *, header *')].filter(
            (element) => !element.closest('.scroll') && element.getBoundingClientRect().right > clientWidth + 0.5,
          );
          return [scrollWidth - clientWidth, wide.map((element) => element.outerHTML.slice(0, 60))];
        });
        assert.deepEqual(overflow, [0, []], `${width}`);
        assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), theme);
      });
    }
  });
}

test('hostile addresses give a page, and one quiet line', async () => {
  const hashes = [
    'depth=1e9&width=-3&batch=zero',
    'a=<script>alert(1)</script>&b=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E',
    'depth=7&depth=8&seed=%&valueA=%E0%A4%A',
    'x'.repeat(100000),
    Array.from({ length: 20000 }, (_, i) => `k${i}=${i}`).join('&'),
  ];
  for (const hash of hashes) {
    await withPage({}, async (page) => {
      page.on('dialog', () => assert.fail('a script of the address ran'));
      await open(page, `${hash}&width=16`.replace('width=-3&batch=zero&width=16', 'width=-3&batch=zero'));
      const note = String(await page.textContent('#note'));
      assert.match(note, /^Ignored in the address: /);
      assert.ok(note.length < 250);
      assert.equal(await page.locator('main img, header img, header script').count(), 0);
    });
  }
});

test('an address that the reader enters opens, even where the page writes its own at that moment', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16');
    await page.evaluate(() => {
      const before = location.hash;
      location.hash = 'depth=3&width=16';
      history.replaceState(null, '', before); // the page's own writing, before it has heard of the new address
    });
    await drawn(page, { depth: 3 });
    await page.waitForFunction(() => location.hash === '#depth=3&width=16');
  });
});

test('the table of the whole run and the figures of the layer say what the engine says', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=4&layer=2');
    await unfold(page, '.whole');
    assert.equal(await page.locator('#run tbody tr').count(), 4);
    const figures = await page.evaluate(() => {
      const rows = [...document.querySelectorAll('#figures tbody tr')];
      return Object.fromEntries(rows.map(({ children: [name, a] }) => [name.textContent, a.textContent]));
    });
    const run = await page.evaluate(() => {
      const names = [...document.querySelectorAll('#run thead tr:nth-child(2) th')].map((cell) => cell.textContent);
      const row = [...document.querySelectorAll('#run tbody tr:nth-child(2) > *')].map((cell) => cell.textContent);
      return Object.fromEntries(names.slice(0, 11).map((name, i) => [name, row[i]]));
    });
    const pairs = { 'a std': 'a  std', theory: 'a  std, theory', 'dL/dz rms': 'dL/dz  rms', 'dL/dW rms': 'dL/dW  rms' };
    for (const [column, figure] of Object.entries(pairs)) {
      assert.match(String(run[column]), /[0-9]/);
      assert.equal(run[column], figures[figure], column);
    }
    await lookAtFormulas(page);
    assert.equal(await page.getAttribute('#formulaA p:nth-child(2) math', 'alttext'), '= 2 / (256 + 256) = 0.00391');
  });
});

test('ridges show each tensor, by the address and by the keyboard, and titles follow', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=6&width=32&tensor=deltas');
    assert.match(String(await page.textContent('#ridgeA h3')), /^Gradients dL\/dz of A by layer$/);
    for (const [name, title] of [
      ['weightGradients', 'Weight gradients'],
      ['weights', 'Weights'],
      ['activations', 'Activations'],
      ['preactivations', 'Preactivations'],
    ]) {
      await page.locator(`input[value=${name}]`).focus();
      await page.keyboard.press('Space');
      await drawn(page, { tensor: name });
      assert.match(String(await page.textContent('#ridgeB h3')), new RegExp(`^${title} of B`));
      assert.equal(await page.textContent('#detail h3'), `${title} of A and B`);
      assert.ok((await inked(page, '#ridgeB canvas')) > 0.002, name);
    }
    await page.waitForFunction(() => location.hash.endsWith('tensor=preactivations'));
    await page.selectOption('#theme', 'dark');
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  });
});

test('a density that rises beyond the frame is told, and the power of small and large ones is written once', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=4&width=64&a=normal&valueA=0.0001&b=he-normal&layer=2');
    assert.match(String(await page.textContent('#weights figcaption')), / A peaks at \S+, above the frame\.$/);
    assert.match(String(await page.textContent('#detail figcaption')), / A peaks at \S+, above the frame\.$/);
    await page.selectOption('#a', 'he-uniform');
    await drawn(page, { a: 'he-uniform' });
    assert.doesNotMatch(String(await page.textContent('#weights figcaption')), /above the frame/);
  });
});

test('cross-entropy shows its loss beside that of a guess', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=20&width=64&loss=cross-entropy');
    // if the signal has vanished, all logits are alike
    assert.match(String(await page.textContent('#verdictA .loss')), /^loss 2\.30\d \(chance: 2\.303\)$/);
    assert.match(String(await page.textContent('#verdictB .loss')), /^loss \d\.\d\d\d \(chance: 2\.303\)$/);
    await page.selectOption('#loss', 'random');
    await drawn(page);
    assert.equal(await page.textContent('#verdictA .loss'), '');
  });
});

test('the formulas load once the reader looks at them, and a reader without them is told so', async () => {
  await withPage({ expected: /ERR_FAILED/ }, async (page) => {
    /** @type {string[]} */
    const loaded = [];
    page.on('request', (request) => loaded.push(request.url()));
    await page.route('**/formulas.js', (route) => route.abort(), { times: 1 });
    await open(page, 'depth=3&width=16');
    assert.deepEqual(
      loaded.filter((url) => url.endsWith('formulas.js')),
      [],
    );
    await page.evaluate(() => document.querySelector('.formulas')?.scrollIntoView());
    await page.waitForFunction(() => /part of the page could not be loaded/.test(document.body.textContent ?? ''));
    assert.equal(await page.locator('#formulaA .lines p').count(), 0);
    await open(page, 'depth=4&width=16'); // the next reply tries again
    await lookAtFormulas(page);
    assert.equal(await page.getAttribute('#formulaA p:nth-child(2) math', 'alttext'), '= 2 / (16 + 16) = 0.0625');
  });
});
