/*
 * What a reader takes away from the page: the link, a frame's HTML, numbers, pictures of charts, and a printed sheet. The
 * format of the numbers is in tests/js/statistics.test.js.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { ADDRESS, drawn, go, open, unfold, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page */
const openDialog = async (page) => {
  await page.click('#share');
  await page.waitForSelector('#share-dialog[open]');
};

/** The file that a press saves. @param {Page} page @param {() => Promise<unknown>} press */
async function saved(page, press) {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Opens the menu of a figure, and saves it as one of its items. @param {import('playwright-core').Locator} figure
 * @param {'PNG' | 'CSV'} kind */
async function saveFrom(figure, kind) {
  await figure.locator('> .save').click();
  await figure.getByRole('menuitem', { name: kind }).click();
}

/** @param {Page} page */
const status = (page) => page.textContent('#share-dialog #spoken');

test('the link and the frame lead to what is on the page, and are copied', async () => {
  await withPage({}, async (page) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await open(page, 'depth=3&width=16');
    await page.fill('#depth', '4'); // the page has not yet written the address
    await openDialog(page);
    assert.equal(await page.inputValue('#share-link'), `${ADDRESS}#depth=4&width=16`);
    await page.click('#share-link + button');
    await page.waitForSelector('#share-dialog #spoken:text-is("The link has been copied.")');
    assert.equal(await clipboard(), `${ADDRESS}#depth=4&width=16`);
    await page.check('#share-dialog [value=depth]');
    await page.check('#share-dialog [value=b]');
    await page.click('#share-frame + button');
    await page.waitForSelector('#share-dialog #spoken:has-text("HTML")');
    const html = await clipboard();
    const frame = await page.evaluate((text) => {
      const { src, title, width, height, loading, sandbox } = /** @type {HTMLIFrameElement} */ (
        new DOMParser().parseFromString(text, 'text/html').querySelector('iframe')
      );
      return { src, title, width, height, loading, sandbox: [...sandbox] };
    }, html);
    assert.deepEqual(frame, {
      src: `${ADDRESS}initscope.html#depth=4&width=16&embed=1&show=depth,b`,
      title: 'Initscope: two initializations of one network',
      width: '960',
      height: '660',
      loading: 'lazy',
      sandbox: ['allow-scripts', 'allow-popups', 'allow-popups-to-escape-sandbox'],
    });
  });
});

test('by the keyboard alone: open, copy where the browser forbids it, close, and the focus is back', async () => {
  const before = (/** @type {Page} */ page) =>
    page.addInitScript(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.execCommand = () => false;
    });
  await withPage({ before }, async (page) => {
    await open(page, 'depth=2&width=16&lang=ru');
    await page.focus('#share');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#share-dialog[open]');
    for (let i = 0; i < 10; i++) {
      if (await page.evaluate(() => document.activeElement?.matches('#share-link + button'))) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('#share-dialog #spoken')?.textContent);
    assert.match(String(await status(page)), /нажмите Ctrl\+C/);
    assert.equal(await page.evaluate(() => String(getSelection())), `${ADDRESS}#depth=2&width=16&lang=ru`);
    await page.keyboard.press('Escape');
    await page.waitForSelector('#share-dialog', { state: 'detached' });
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'share');
  });
});

test('numbers are saved as JSON and CSV, of the version that package.json tells', async () => {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  await withPage({}, async (page) => {
    await open(page, 'depth=3&width=16&seed=5');
    await openDialog(page);
    const json = await saved(page, () => page.click('#share-dialog button:text-is("JSON")'));
    const told = JSON.parse(String(json.bytes));
    assert.equal(json.name, 'initscope-xavier-normal-he-normal.json');
    assert.deepEqual([told.version, told.seed, told.state], [version, 5, 'depth=3&width=16&seed=5']);
    assert.equal(told.networks.B.layers.length, 3);
    const csv = await saved(page, () => page.click('#share-dialog button:text-is("CSV")'));
    assert.equal(String(csv.bytes).trim().split('\r\n').length, 1 + 2 * 3);
    assert.equal(await status(page), `${csv.name} has been saved.`);
  });
});

/** The colours in a picture, and its size. @param {Page} page @param {Buffer} bytes */
const look = (page, bytes) =>
  page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const { width, height } = image;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    /** @param {number} top @param {number} bottom in shares of the height */
    const inked = (top, bottom) => {
      let count = 0;
      for (let i = Math.floor(top * height) * width * 4; i < Math.floor(bottom * height) * width * 4; i += 4) {
        if (Math.abs(data[i] - data[0]) + Math.abs(data[i + 2] - data[2]) > 100) count++;
      }
      return count / (width * height);
    };
    return {
      width,
      ground: [...data.slice(0, 4)],
      title: inked(0, 0.06),
      plot: inked(0.15, 0.8),
      words: inked(0.87, 1),
    };
  }, bytes.toString('base64'));

for (const [theme, ground] of /** @type {const} */ ([
  ['light', [252, 252, 250, 255]],
  ['dark', [21, 23, 26, 255]],
])) {
  test(`a chart is saved as a picture with title, plot and the run below it, on the ground of the theme (${theme})`, async () => {
    await withPage({ theme }, async (page) => {
      await open(page, 'depth=6&width=32');
      const sizes = () => page.evaluate(() => [...document.querySelectorAll('canvas')].map(({ width }) => width));
      const before = await sizes();
      const { name, bytes } = await saved(page, () => saveFrom(page.locator('#rms'), 'PNG'));
      assert.equal(name, 'initscope-rms.png');
      const { width, ground: found, title, plot, words } = await look(page, bytes);
      const shown = await page.evaluate(() => document.getElementById('rms')?.clientWidth);
      assert.equal(width, 2 * (Number(shown) + 40), 'two dots to a pixel, and margins of 20');
      assert.deepEqual(found, ground);
      for (const [what, share] of Object.entries({ title, plot, words })) assert.ok(share > 0.001, `${what} ${share}`);
      await page.waitForFunction(
        () => document.getElementById('note')?.textContent === 'initscope-rms.png has been saved.',
      );
      assert.deepEqual(await sizes(), before, 'the page is as it was');
    });
  });
}

test('every chart of a network of images is saved, under a name of its own', async () => {
  await withPage({}, async (page) => {
    await open(page, 'kind=conv&channels=4&depth=2&batch=2&input=gratings&size=16');
    const figures = page.locator('figure:visible:has(> .save)');
    const names = new Set();
    for (let i = 0; i < (await figures.count()); i++) {
      const { name, bytes } = await saved(page, () => saveFrom(figures.nth(i), 'PNG'));
      assert.ok((await look(page, bytes)).plot > 0.0005, name);
      names.add(name);
    }
    assert.equal(names.size, 15);
  });
});

test('the numbers of a chart are saved with all their digits: those that it shows, and no others', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=3&width=16&lang=ru');
    const save = async (/** @type {string} */ figure) => {
      const { name, bytes } = await saved(page, () => saveFrom(page.locator(figure), 'CSV'));
      return { name, lines: String(bytes).trimEnd().split('\r\n') };
    };
    const rms = await save('#rms');
    assert.equal(rms.name, 'initscope-rms.csv');
    assert.equal(rms.lines[0], 'слой,A,"A, теория",B,"B, теория"');
    assert.equal(rms.lines.length, 1 + 4);
    assert.match(rms.lines[3], /^2,0\.\d{10,},0\.\d+,[01]\.\d{10,},[01][.\d]*$/);
    assert.match(rms.lines[1], /^0,[01]\.\d{10,},,[01]\.\d{10,},$/, 'theory has nothing to say of the input');
    for (const figure of ['#ridgeA', '#weights', '#correlation', '#dead', '#detail']) {
      const { name, lines } = await save(figure);
      assert.equal(name, `initscope-${figure.slice(1)}.csv`);
      assert.ok(lines.length > 3, figure);
    }
  });
});

test('the menu that saves a chart is worked by the keyboard, and a press elsewhere closes it', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16');
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    const expanded = () => page.getAttribute('#rms .save', 'aria-expanded');
    await page.focus('#rms .save');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#rms [role=menu]');
    assert.deepEqual([await focused(), await expanded()], ['picture (PNG)', 'true']);
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'numbers (CSV)');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'picture (PNG)');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('[role=menu]').count(), 0);
    assert.deepEqual(await page.evaluate(() => document.activeElement?.parentElement?.id), 'rms');
    assert.equal(await expanded(), 'false');
    await page.click('#rms .save');
    await page.click('#dead .save');
    await page.waitForSelector('#dead [role=menu]');
    assert.equal(await page.locator('[role=menu]').count(), 1);
    await page.keyboard.press('Tab');
    assert.equal(await page.locator('[role=menu]').count(), 0);
    await page.click('#rms .save');
    await page.waitForSelector('#rms [role=menu]');
    await page.mouse.click(5, 300);
    assert.equal(await page.locator('[role=menu]').count(), 0);
  });
});

test('where a frame may allow no downloads, that is said', async () => {
  const before = (/** @type {Page} */ page) => page.route('**/around', (route) => route.fulfill({ body: '' }));
  await withPage({ before, expected: /^Download is disallowed/ }, async (page) => {
    await page.goto(`${ADDRESS}around`);
    await page.setContent(
      `<iframe width="1200" height="800" sandbox="allow-scripts" src="${ADDRESS}#depth=2&width=16"></iframe>`,
    );
    const inside = page.frameLocator('iframe');
    await inside.locator('#sheet[data-settled]').waitFor();
    await saveFrom(inside.locator('#rms'), 'PNG');
    await inside.locator('#note:has-text("blocks downloads")').waitFor();
  });
});

test('on paper there is the state in words, black on white whatever the theme, and no control', async () => {
  await withPage({ theme: 'dark' }, async (page) => {
    await open(page, 'depth=6&width=32');
    await unfold(page, '.whole');
    await page.evaluate(() => {
      const seen = /** @type {any} */ (window);
      addEventListener('beforeprint', () => {
        const shown = (/** @type {string} */ selector) =>
          [...document.querySelectorAll(selector)].filter((element) => element.getClientRects().length > 0);
        const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('#rms canvas'));
        seen.paper = {
          theme: document.documentElement.dataset.theme,
          controls: shown('input, select, button:not(.term), summary').length, // a term is printed as text
          words: shown('.state').map(({ textContent }) => textContent),
          tables: shown('table').map((table) => /** @type {HTMLTableElement} */ (table).rows[1].cells.length),
          width: document.body.clientWidth,
          dots: canvas.width / canvas.clientWidth,
          wider: shown('.sheet *')
            .filter(
              (element) => element.getBoundingClientRect().right > document.body.getBoundingClientRect().right + 1,
            )
            .map((element) => element.outerHTML.slice(0, 80)),
        };
      });
    });
    const pdf = await page.pdf({ format: 'A4' });
    const { dots, ...paper } = await page.evaluate(() => /** @type {any} */ (window).paper);
    const columns = await page.evaluate(() => /** @type {any} */ (document.getElementById('run')).rows[1].cells.length);
    assert.deepEqual(paper, {
      theme: 'light',
      controls: 0,
      words: [
        '6 dense layers of 32 units, activation ReLU, input normal, batch 64, seed 1',
        'A: Xavier normal, gain 1',
        'B: He normal, gain 1',
        `${ADDRESS}#depth=6&width=32`,
      ],
      tables: [3, (columns + 1) / 2, (columns + 1) / 2],
      width: 690,
      wider: [],
    });
    assert.ok(Math.abs(dots - 3) < 0.02, `${dots} dots to a pixel`);
    assert.ok((pdf.toString('latin1').match(/\/Type \/Page\b/g) ?? []).length <= 3);
    await page.waitForFunction(() => document.documentElement.dataset.printing === undefined);
    const after = await page.evaluate(() => ({
      theme: document.documentElement.dataset.theme,
      left: document.querySelectorAll('.state, .run').length,
    }));
    assert.deepEqual(after, { theme: 'dark', left: 0 });
  });
});

/** A hash of valid and invalid parts in random order. @param {() => number} next in [0, 1) */
function junk(next) {
  const pick = (/** @type {string[]} */ list) => list[Math.floor(next() * list.length)];
  const keys = [
    'depth',
    'width',
    'a',
    'valueA',
    'kind',
    'lang',
    'lesson',
    'embed ',
    'show',
    'theme',
    'x',
    '',
    '%',
    '__proto__',
  ];
  const values = [
    '-1',
    '1e999',
    'NaN',
    '%E0%A4%A',
    '<b>',
    'constructor',
    '',
    '=',
    '0x10',
    '\u202e',
    ',,depth,',
    '1e-400',
    'null',
  ];
  return Array.from({ length: 1 + Math.floor(next() * 5) }, () => `${pick(keys)}=${pick(values)}`).join(
    pick(['&', '&&', '#', ';']),
  );
}

test('a thousand hashes of junk leave a working page', async () => {
  let x = 1;
  const next = () => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    return x / 2 ** 32;
  };
  const hashes = Array.from({ length: 1000 }, () => junk(next));
  await withPage({}, async (page) => {
    page.on('dialog', () => assert.fail('a script of the address ran'));
    await open(page, 'depth=2&width=8&batch=4');
    await page.evaluate(async (all) => {
      for (const hash of all) {
        const changed = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
        const before = location.href;
        location.hash = hash;
        if (location.href !== before) await changed;
      }
    }, hashes);
    await go(page, 'depth=3&width=8&batch=4');
    await drawn(page, { depth: 3, width: 8 });
    await page.fill('#depth', '4');
    await drawn(page, { depth: 4, width: 8 });
  });
});

test('the page shows its version and the licences of the code in it: as a file, and folded in the single file', async () => {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16');
    assert.equal(await page.textContent('.version'), version);
    const licences = await page.request.get(`${ADDRESS}licences.txt`);
    assert.match(await licences.text(), /Chart\.js.*The MIT licence/s);
    await page.goto(`${ADDRESS}initscope.html`);
    await page.click('.foot summary');
    assert.equal(await page.textContent('.version'), version);
    assert.match(String(await page.textContent('.foot pre')), /Chart\.js.*The MIT licence/s);
  });
});
