/*
 * The page in a browser: what it draws, what it does with addresses and keys, and how it fails.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADDRESS, DIST, drawn, open, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page @param {'A' | 'B'} letter */
const verdict = (page, letter) => page.textContent(`#verdict${letter} p`);

/** The share of a canvas that has a colour of its own. @param {Page} page @param {string} selector */
const inked = (page, selector) =>
  page.evaluate((which) => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector(which));
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 0 && Math.abs(data[i] - data[i + 2]) > 40) count++;
    return count / (data.length / 4);
  }, selector);

test('the first view shows Xavier vanish beside He, without a click', async (t) => {
  const before = (/** @type {Page} */ page) =>
    page.addInitScript(() => {
      const seen = /** @type {any} */ (window);
      new MutationObserver(() => {
        const { depth, layersA, passedB } = document.getElementById('sheet')?.dataset ?? {};
        if (depth && layersA === depth && passedB === depth) seen.drawnAt ??= performance.now();
      }).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-layers-b'] });
    });
  await withPage({ before }, async (page) => {
    await open(page);
    const ms = await page.evaluate(() => /** @type {any} */ (window).drawnAt);
    t.diagnostic(`default view drawn ${Math.round(ms)} ms after navigation`);
    assert.ok(ms < 10000);
    assert.match(String(await verdict(page, 'A')), /^Vanishing The signal shrinks by a factor of 0\.7/);
    assert.match(String(await verdict(page, 'B')), /^Healthy /);
    for (const chart of ['#weights', '#rms', '#correlation', '#dead', '#ridgeA', '#ridgeB', '#detail']) {
      assert.ok((await inked(page, `${chart} canvas`)) > 0.002, chart);
    }
    const label = await page.getAttribute('#ridgeA canvas', 'aria-label');
    assert.match(String(label), /^A: Vanishing/);
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

test('the address follows the controls, and the controls follow the address', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=6&width=32');
    assert.equal(await page.inputValue('#depth'), '6');
    await page.selectOption('#a', 'normal');
    await page.fill('#valueA', '0.5');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash === '#depth=6&width=32&a=normal&valueA=0.5');
    await drawn(page, { a: 'normal' });
    await page.evaluate(() => {
      location.hash = 'depth=9&width=16&activation=tanh&theme=dark';
    });
    await drawn(page, { depth: 9, a: 'xavier-normal' });
    assert.equal(await page.inputValue('#activation'), 'tanh');
    assert.equal(await page.inputValue('input[type=range][name=depth]'), '8');
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  });
});

test('a typed number out of range is put right when it is finished, with a quiet word', async () => {
  await withPage({}, async (page) => {
    await open(page, 'width=8');
    await page.fill('#depth', '1000');
    await page.keyboard.press('Enter');
    await drawn(page, { depth: 100 });
    assert.equal(await page.inputValue('#depth'), '100');
    assert.equal(await page.textContent('#note'), 'depth goes from 1 to 100: 100 is used.');
    await page.click('[data-next-seed]');
    assert.equal(await page.inputValue('#seed'), '2');
    assert.equal(await page.textContent('#note'), '');
  });
});

test('layers are chosen by keys and by clicks, on every chart that shows them all', async () => {
  await withPage({}, async (page) => {
    await open(page, 'width=16');
    await page.focus('#ridgeA canvas');
    for (const [key, layer] of [
      ['ArrowDown', 6],
      ['ArrowUp', 5],
      ['End', 20],
      ['PageUp', 10],
      ['Home', 1],
      ['ArrowUp', 1],
    ]) {
      await page.keyboard.press(String(key));
      await drawn(page, { layer });
    }
    await page.focus('#rms canvas');
    await page.keyboard.press('ArrowRight');
    await drawn(page, { layer: 2 });
    assert.equal(await page.textContent('#layer h2'), 'Layer 2 of 20');
    const slider = page.getByRole('slider', { name: /^Correlation/ });
    const value = await Promise.all(
      ['min', 'now', 'max', 'text'].map((part) => slider.getAttribute(`aria-value${part}`)),
    );
    assert.deepEqual(value, ['1', '2', '20', 'Layer 2 of 20']);
    const canvas = page.locator('#ridgeB canvas');
    const box = /** @type {{ width: number, height: number }} */ (await canvas.boundingBox());
    await canvas.click({ position: { x: box.width / 2, y: box.height - 36 } });
    await drawn(page, { layer: 20 });
    await canvas.click({ position: { x: box.width / 2, y: 30 } });
    await drawn(page, { layer: 1 });
    await page.locator('#rms canvas').click({ position: { x: 48, y: 60 } });
    await drawn(page, { layer: 1 });
  });
});

test('keys with a modifier are the browser’s', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=4&width=16&layer=2');
    await page.focus('#ridgeA canvas');
    for (const key of ['Control+ArrowDown', 'Alt+ArrowDown', 'Meta+End']) await page.keyboard.press(key);
    await page.keyboard.press('ArrowDown');
    await drawn(page, { layer: 3 });
  });
});

test('a click before anything is drawn does no harm', async () => {
  const before = (/** @type {Page} */ page) =>
    page.addInitScript(() => {
      window.Worker = /** @type {any} */ (
        class {
          postMessage() {}
          terminate() {
            /** @type {any} */ (window).terminated = true;
          }
        }
      );
    });
  await withPage({ before }, async (page) => {
    await page.goto(ADDRESS);
    await page.waitForSelector('#rms canvas');
    await page.waitForTimeout(500);
    for (const chart of ['#rms', '#dead', '#ridgeA']) await page.locator(`${chart} canvas`).dispatchEvent('click');
    await drawn(page); // by the page itself, after its patience with the worker, which is then ended
    assert.equal(await page.evaluate(() => /** @type {any} */ (window).terminated), true);
  });
});

test('a chosen layer past the last is shown as the last, and comes back with the depth', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=3&width=16');
    const shown = () =>
      page.$$eval('[name=layer]', (controls) =>
        controls.map((control) => [/** @type {any} */ (control).value, /** @type {any} */ (control).max]),
      );
    assert.deepEqual(await shown(), [
      ['2', '2'],
      ['3', '3'],
    ]);
    await page.fill('#depth', '1');
    await drawn(page, { depth: 1, layer: 1 });
    assert.deepEqual(await shown(), [
      ['0', '1'],
      ['1', '1'],
    ]);
    await page.fill('#depth', '8');
    await drawn(page, { depth: 8, layer: 5 });
    assert.deepEqual((await shown())[1], ['5', '8']);
  });
});

test('the controls stand on the screen in the order of Tab, and not over each other', async () => {
  for (const width of [1440, 1024, 844, 390]) {
    await withPage({ width, height: 844 }, async (page) => {
      await open(page, 'depth=2&width=16');
      const backwards = await page.evaluate(() => {
        const stops = [
          ...document.querySelectorAll('form .cell, form .rest .field, main .view > *, main canvas[tabindex]'),
        ];
        const boxes = stops.map((stop) => stop.getBoundingClientRect()).filter((box) => box.height > 0);
        return boxes.slice(1).filter((box, i) => box.bottom <= boxes[i].top && box.left <= boxes[i].left).length;
      });
      assert.equal(backwards, 0, `${width}`);
      const overlaps = await page.evaluate(() => {
        const controls = [...document.querySelectorAll('form input, form select, form button')];
        const boxes = controls.map((control) => control.getBoundingClientRect()).filter((box) => box.height > 0);
        return boxes.filter((a, i) =>
          boxes.some((b, j) => i < j && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom),
        ).length;
      });
      assert.equal(overlaps, 0, `${width}`);
    });
  }
});

test('on a phone the controls leave the screen to the charts, and what is changed less often opens', async () => {
  await withPage({ width: 390, height: 844 }, async (page) => {
    await open(page, 'depth=2&width=16');
    const { top, bottom } = await page.evaluate(() => ({
      top: Number(document.getElementById('depth')?.getBoundingClientRect().top),
      bottom: Number(document.forms[0].getBoundingClientRect().bottom),
    }));
    assert.ok(top < 120 && bottom < 844 * 0.36, `${top} ${bottom}`);
    assert.equal(await page.isVisible('#batch'), false);
    await page.click('#more summary');
    assert.equal(await page.isVisible('#batch'), true);
  });
});

test('what the keyboard comes to is not left under the controls', async () => {
  await withPage({ width: 390, height: 844 }, async (page) => {
    await open(page, 'depth=2&width=16');
    await page.evaluate(() => document.querySelector('summary:not(#more summary)')?.scrollIntoView({ block: 'end' }));
    await page.focus('.whole summary');
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press('Shift+Tab');
      const gap = await page.evaluate(() => {
        const focused = /** @type {Element} */ (document.activeElement);
        return focused.getBoundingClientRect().top - document.forms[0].getBoundingClientRect().bottom;
      });
      assert.ok(gap >= 0, `${gap}`);
    }
  });
});

test('every control has a name', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16&a=normal&b=uniform');
    const unnamed = await page.evaluate(() => {
      const controls = [...document.querySelectorAll('input, select, button, [tabindex], summary')];
      return controls
        .filter((control) => {
          const { labels } = /** @type {HTMLInputElement} */ (control);
          const texts = Array.from(labels ?? [], (label) => String(label.textContent));
          texts.push(control.getAttribute('aria-label') ?? '');
          if (/BUTTON|SUMMARY/.test(control.tagName)) texts.push(control.textContent);
          return !texts.some((text) => text?.trim());
        })
        .map((control) => control.outerHTML);
    });
    assert.deepEqual(unnamed, []);
  });
});

test('the table of the whole run and the figures of the layer say what the engine says', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=4&layer=2');
    await page.click('.whole summary');
    await page.waitForFunction(() => document.querySelectorAll('#run tbody tr').length === 4);
    const figures = await page.evaluate(() => {
      const rows = [...document.querySelectorAll('#figures tbody tr')];
      return Object.fromEntries(rows.map(({ children: [name, a] }) => [name.textContent, a.textContent]));
    });
    const run = await page.evaluate(() => {
      const names = [...document.querySelectorAll('#run thead tr:nth-child(2) th')].map((cell) => cell.textContent);
      const row = [...document.querySelectorAll('#run tbody tr:nth-child(2) > *')].map((cell) => cell.textContent);
      return Object.fromEntries(names.slice(0, 11).map((name, i) => [name, row[i]]));
    });
    const pairs = { 'a std': 'a  std', theory: 'a  std, theory', 'δ rms': 'δ  rms', 'dW rms': 'dW  rms' };
    for (const [column, figure] of Object.entries(pairs)) {
      assert.match(String(run[column]), /[0-9]/);
      assert.equal(run[column], figures[figure], column);
    }
    assert.match(String(await page.textContent('#formulaA .lines')), /2 \/ \(256 \+ 256\) = 0\.00391/);
  });
});

test('the gain of an activation sets the number, and PyTorch’s is not offered where it has none', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16&activation=tanh');
    await page.selectOption('[data-gain=gainA]', '1.6667');
    assert.equal(await page.inputValue('#gainA'), '1.6667');
    assert.equal(await page.inputValue('[data-gain=gainA]'), '');
    await page.waitForFunction(() => location.hash.includes('gainA=1.6667'));
    await page.selectOption('#activation', 'gelu');
    const disabled = await page.evaluate(() =>
      [...document.querySelectorAll('[data-gain=gainB] option:disabled')].map((option) => option.textContent),
    );
    assert.deepEqual(disabled, ['PyTorch: none']);
    await page.selectOption('#activation', 'relu');
    const offered = await page.$$eval('[data-gain=gainB] option', (options) =>
      options.map(({ textContent }) => textContent),
    );
    assert.deepEqual(offered, ['presets', '1: the scheme’s own', '√2 = 1.4142: PyTorch’s; keeps forward and backward']);
  });
});

test('ridges show each tensor, by the address and by the keyboard, and titles follow', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=6&width=32&show=deltas');
    assert.match(String(await page.textContent('#ridgeA h3')), /^Deltas of A/);
    for (const [name, title] of [
      ['weightGradients', 'Weight gradients'],
      ['weights', 'Weights'],
      ['activations', 'Activations'],
      ['preactivations', 'Preactivations'],
    ]) {
      await page.locator(`input[value=${name}]`).focus();
      await page.keyboard.press('Space');
      await drawn(page, { show: name });
      assert.match(String(await page.textContent('#ridgeB h3')), new RegExp(`^${title} of B`));
      assert.equal(await page.textContent('#detail h3'), `${title} of A and B`);
      assert.ok((await inked(page, '#ridgeB canvas')) > 0.002, name);
    }
    await page.waitForFunction(() => location.hash.endsWith('show=preactivations'));
    await page.selectOption('#theme', 'dark');
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  });
});

test('a density that rises beyond the frame is told, and the power of small and large ones is written once', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=4&width=64&a=normal&valueA=0.0001&b=he-normal&layer=2');
    assert.match(String(await page.textContent('#weights figcaption')), / A rises to \S+, beyond the frame\.$/);
    assert.match(String(await page.textContent('#detail figcaption')), / A rises to \S+, beyond the frame\.$/);
    await page.selectOption('#a', 'he-uniform');
    await drawn(page, { a: 'he-uniform' });
    assert.doesNotMatch(String(await page.textContent('#weights figcaption')), /beyond/);
  });
});

test('cross-entropy shows its loss beside that of a guess', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=20&width=64&loss=cross-entropy');
    // the logits of a signal that has vanished are all alike
    assert.match(String(await page.textContent('#verdictA .loss')), /^loss 2\.30\d; guessing costs 2\.303$/);
    assert.match(String(await page.textContent('#verdictB .loss')), /^loss \d\.\d\d\d; guessing costs 2\.303$/);
    await page.selectOption('#loss', 'random');
    await page.waitForFunction(() => document.querySelector('#verdictA .loss')?.textContent === '');
  });
});

test('a drawing that throws does not stop the next', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=4&width=16');
    await page.evaluate(() => {
      addEventListener('error', (event) => event.preventDefault(), { once: true });
      const { fill } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.fill = () => {
        CanvasRenderingContext2D.prototype.fill = fill;
        throw new Error('once');
      };
    });
    await page.fill('#depth', '5');
    await page.waitForFunction(() => document.querySelector('#layer h2')?.textContent === 'Layer 5 of 5');
    await page.fill('#depth', '6');
    await drawn(page, { depth: 6 });
  });
});

test('what is refused is said to be so, beside a network that is not, and without invented axes', async () => {
  await withPage({}, async (page) => {
    await page.goto(`${ADDRESS}#width=2048&depth=2&batch=2&a=orthogonal`);
    await page.waitForFunction(() => document.getElementById('sheet')?.dataset.passedB === '2');
    assert.match(String(await verdict(page, 'A')), /^Not computed Orthogonal weights are drawn/);
    assert.equal(await page.textContent('#ridgeA figcaption'), 'Not computed.');
    assert.match(String(await page.textContent('#ridgeB figcaption')), /^Layer 2: /);
    await page.selectOption('#b', 'orthogonal');
    await page.waitForFunction(() => document.querySelector('#detail figcaption')?.textContent === 'Not computed.');
    const blank = () =>
      page.evaluate(() =>
        ['rms', 'weights', 'detail', 'ridgeB'].map((id) => {
          const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector(`#${id} canvas`));
          const { data } = /** @type {any} */ (canvas.getContext('2d')).getImageData(0, 0, 30, canvas.height);
          return data.every((/** @type {number} */ value) => value === 0);
        }),
      );
    assert.deepEqual(await blank(), [true, true, true, true]);
    await page.selectOption('#b', 'he-normal');
    await page.waitForFunction(() => document.getElementById('sheet')?.dataset.passedB === '2');
    assert.deepEqual(await blank(), [false, false, false, false]);
  });
});

test('without workers the page runs the networks itself', async () => {
  const before = (/** @type {Page} */ page) =>
    page.addInitScript(() => {
      window.Worker = /** @type {any} */ (
        class {
          constructor() {
            throw new DOMException('no workers here', 'SecurityError');
          }
        }
      );
    });
  await withPage({ before }, async (page) => {
    await open(page);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.engine), 'page');
    await page.fill('#depth', '3');
    await drawn(page, { depth: 3 });
  });
});

test('a worker that dies once it runs is told of', async () => {
  const before = (/** @type {Page} */ page) =>
    page.addInitScript(() => {
      const seen = /** @type {any} */ (window);
      const Native = window.Worker;
      seen.workers = [];
      window.Worker = /** @type {any} */ (
        function start(/** @type {string} */ address) {
          const worker = new Native(address);
          seen.workers.push(worker);
          return worker;
        }
      );
    });
  await withPage({ before }, async (page) => {
    await open(page, 'depth=3&width=16');
    await page.evaluate(() =>
      /** @type {any} */ (window).workers[0].onerror(new ErrorEvent('error', { message: 'out of memory' })),
    );
    assert.match(String(await page.textContent('#failure')), /^The engine stopped: out of memory\./);
  });
});

test('a browser without SIMD gets a sentence', async () => {
  const before = (/** @type {Page} */ page) =>
    page.addInitScript(() => {
      WebAssembly.compile = () => Promise.reject(new WebAssembly.CompileError('invalid opcode 0xfd'));
    });
  await withPage({ before }, async (page) => {
    await page.goto(ADDRESS);
    await page.waitForFunction(() => document.getElementById('failure')?.textContent);
    assert.match(String(await page.textContent('#failure')), /needs WebAssembly with SIMD/);
  });
});

test('the folder opens from file://', async () => {
  await withPage({}, async (page) => {
    await page.goto(new URL('index.html#depth=3', DIST).href);
    await drawn(page, { depth: 3 });
  });
});

test('in a frame without an address of its own it draws, and goes without', async () => {
  await withPage({}, async (page) => {
    const html = `<base href="${ADDRESS}">${await (await fetch(ADDRESS)).text()}`;
    await page.setContent('<iframe width="1000" height="700"></iframe>');
    await page.evaluate(
      (srcdoc) => Object.assign(/** @type {any} */ (document.querySelector('iframe')), { srcdoc }),
      html,
    );
    const frame = page.frameLocator('iframe');
    await frame.locator('#sheet[data-layers-a="20"]').waitFor();
    await frame.locator('#depth').fill('3');
    await frame.locator('#sheet[data-layers-a="3"]').waitFor();
  });
});
