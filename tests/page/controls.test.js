/*
 * The controls in a browser: address and form, keys and clicks, and the order, names and places of controls. What the
 * charts then show is in page.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADDRESS, drawn, go, open, unfold, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

test('the address follows the controls, and the controls follow the address', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=6&width=32');
    assert.equal(await page.inputValue('#depth'), '6');
    await page.selectOption('#a', 'normal');
    await page.fill('#valueA', '0.5');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash === '#depth=6&width=32&a=normal&valueA=0.5');
    await drawn(page, { a: 'normal' });
    await go(page, 'depth=9&width=16&activation=tanh&theme=dark');
    await drawn(page, { depth: 9, a: 'xavier-normal' });
    assert.equal(await page.inputValue('#activation'), 'tanh');
    assert.equal(await page.inputValue('input[type=range][name=depth]'), '8');
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  });
});

test('the parameter of an activation shows only where there is one, and another activation has its own', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=3&width=16');
    assert.equal(await page.isVisible('#parameter'), false);
    await page.selectOption('#activation', 'sin');
    assert.equal(await page.inputValue('#parameter'), '1');
    assert.equal(await page.textContent('label[for=parameter]'), 'ω');
    await page.fill('#parameter', '30');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash === '#depth=3&width=16&activation=sin&parameter=30');
    await page.selectOption('#activation', 'leaky-relu');
    await page.waitForFunction(() => location.hash === '#depth=3&width=16&activation=leaky-relu');
    assert.equal(await page.inputValue('#parameter'), '0.01');
    await page.fill('#parameter', '0.2');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash.endsWith('parameter=0.2'));
    const gains = await page.locator('[data-gain=gainA] option').allTextContents();
    assert.ok(
      gains.some((gain) => gain.includes('1.3868') && gain.includes('PyTorch')),
      gains.join(),
    );
    await page.fill('#parameter', '2');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash.endsWith('parameter=1'));
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
    await page.keyboard.press('End');
    await drawn(page, { layer: 20 });
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
  const before = async (/** @type {Page} */ page) => {
    await page.clock.install();
    await page.addInitScript(() => {
      const seen = /** @type {any} */ (window);
      window.Worker = /** @type {any} */ (
        class {
          postMessage() {}
          terminate() {
            seen.terminated = true;
          }
        }
      );
      seen.clickable = [];
      const listen = HTMLCanvasElement.prototype.addEventListener;
      HTMLCanvasElement.prototype.addEventListener =
        /** @this {HTMLCanvasElement} @param {any} type @param {any} listener */
        function (type, listener) {
          if (type === 'click') seen.clickable.push(`#${this.closest('[id]')?.id}`);
          listen.call(this, type, listener);
        };
    });
  };
  await withPage({ before }, async (page) => {
    await page.goto(ADDRESS);
    for (const chart of ['#rms', '#dead', '#ridgeA']) {
      await page.waitForFunction((id) => /** @type {any} */ (window).clickable?.includes(id), chart);
      await page.locator(`${chart} canvas`).dispatchEvent('click');
    }
    await page.clock.runFor(5000); // longer than the page's patience with one worker, shorter than with two
    await drawn(page); // the page has given up the worker and runs the network itself
    assert.equal(await page.evaluate(() => /** @type {any} */ (window).terminated), true);
  });
});

test('a chosen layer past the last is shown as the last, and comes back with the depth', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=3&width=16');
    const shown = () =>
      page.$$eval('[name=layer]', (controls) =>
        controls.map((control) => [
          /** @type {any} */ (control).value,
          control.getAttribute('aria-valuemax') ?? /** @type {any} */ (control).max,
        ]),
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
        const boxes = controls
          .filter((control) => control.checkVisibility({ contentVisibilityAuto: true }))
          .map((control) => control.getBoundingClientRect());
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
    assert.ok(top < 120 && bottom < 844 * 0.38, `${top} ${bottom}`);
    assert.equal(await page.isVisible('#batch'), false);
    await page.click('#more summary');
    assert.equal(await page.isVisible('#batch'), true);
  });
});

test('with a fold of the controls open on a narrow screen, the charts have it to themselves', async () => {
  for (const [width, stays] of /** @type {const} */ ([
    [1440, true],
    [1024, false],
    [390, false],
  ])) {
    await withPage({ width, height: 844 }, async (page) => {
      await open(page, 'kind=conv&depth=2&batch=2');
      const bottom = () => page.evaluate(() => document.forms[0].getBoundingClientRect().bottom);
      await page.evaluate(() => document.querySelector('#conv')?.scrollIntoView());
      assert.ok((await bottom()) > 0 && (await bottom()) < 844 * 0.42, `${width}: ${await bottom()}`);
      if (await page.isHidden('#heads summary')) await page.click('#more summary'); // on a phone the folds are below it
      await unfold(page, '#heads');
      const pool = await page.locator('#pool').boundingBox();
      assert.ok(pool && pool.y > 0 && pool.y < 844, 'what was opened is in view, wherever the page was');
      await page.evaluate(() => document.querySelector('#conv')?.scrollIntoView());
      assert.equal((await bottom()) > 0, stays, `${width}`);
    });
  }
});

test('no select hides a part of what is chosen, whichever choice that is', async () => {
  for (const [width, hash] of /** @type {const} */ ([
    [1440, 'kind=conv&depth=2&batch=2&input=leaves'],
    [1024, 'kind=conv&depth=2&batch=2&input=leaves'],
    [390, 'kind=conv&depth=2&batch=2&input=leaves'],
    [390, 'block=rezero&depth=2&width=8&batch=2'],
  ])) {
    await withPage({ width, height: 844 }, async (page) => {
      await open(page, hash);
      const cut = await page.evaluate(() => {
        for (const fold of document.querySelectorAll('form details')) fold.setAttribute('open', '');
        const context = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
        const selects = /** @type {NodeListOf<HTMLSelectElement>} */ (
          document.querySelectorAll('.rest select, .experiments select')
        );
        const shown = [...selects].filter(({ clientWidth }) => clientWidth > 0);
        return shown.flatMap((select) => {
          const { fontSize, fontFamily } = getComputedStyle(select); // the shorthand is empty where digits have equal widths
          context.font = `${fontSize} ${fontFamily}`;
          const room = select.clientWidth - 28; // padding, and the arrow: 16 px and its margin
          return [...select.options].map(({ text }) => text).filter((text) => context.measureText(text).width > room);
        });
      });
      assert.deepEqual(cut, [], `${width}`);
    });
  }
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

test('an input has fields for its mean and its std where it takes them, and a new input has its own again', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16&input=one-hot');
    await page.click('#heads summary');
    assert.deepEqual([await page.isVisible('#mean'), await page.isVisible('#std')], [false, false]);
    await page.selectOption('#input', 'sparse');
    assert.deepEqual([await page.isVisible('#mean'), await page.isVisible('#std')], [false, true]);
    await page.selectOption('#input', 'unit');
    await page.fill('#mean', '-0,25');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash === '#depth=2&width=16&input=unit&mean=-0.25');
    await page.selectOption('#input', 'bytes');
    await page.waitForFunction(() => location.hash === '#depth=2&width=16&input=bytes');
    assert.equal(await page.inputValue('#mean'), '');
  });
});

test('every control has a name', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16&a=normal&b=uniform');
    const unnamed = await page.evaluate(() => {
      const controls = [...document.querySelectorAll('input, select, button, [tabindex="0"], summary')];
      return controls
        .filter((control) => getComputedStyle(control).display !== 'none') // the loss, where there is none
        .filter((control) => !control.closest('.absent')) // the number of a choice that has none
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
    assert.deepEqual(offered, [
      'presets',
      '1: the scheme’s own',
      '√2 = 1.4142: PyTorch; keeps the signal and gradient',
      'LSUV: set layer by layer',
    ]);
  });
});
