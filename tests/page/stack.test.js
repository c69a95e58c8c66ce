/*
 * The editor of the reader's own layers in Chromium: by keyboard, by mouse and by touch; line and table follow each other;
 * undo and redo; a layer that differs in B; the way back; lines that are wrong. What a line means is tested in tests/js/.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, lookAtFormulas, open, settled, show, withPage } from './browser.js';
import { addressHas, edit, fieldOf, lineOf, tabTo } from './own-layers.js';

/** @typedef {import('playwright-core').Page} Page */

const LENET = '28x28x1-conv6:5x5:tanh-avgpool2-conv16:5x5:padding=valid:tanh-avgpool2-120:tanh-84:tanh-10';

/** What the rows of the table are called. @param {Page} page */
const namesOf = (page) => page.$$eval('.rows .number', (numbers) => numbers.map(({ textContent }) => textContent));

test('by keyboard alone LeNet is typed as a line, and every chart follows', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=4&width=32&batch=4&lang=en');
    await page.focus('input[name=kind]:checked');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector('#stack-line');
    await tabTo(page, '#stack-line');
    await page.keyboard.press('Control+A');
    await page.keyboard.type(LENET);
    await addressHas(page, LENET);
    await drawn(page, { depth: 7 });
    assert.deepEqual(await namesOf(page), ['conv1', 'pool1', 'conv2', 'pool2', '120', '84', 'output 10']);
    assert.deepEqual(
      await page.$$eval('.rows .cell-output', (outputs) => outputs.map(({ textContent }) => textContent)),
      ['28 × 28 × 6', '14 × 14 × 6', '10 × 10 × 16', '5 × 5 × 16', '120', '84', '10'],
    );
  });
});

test('by keyboard alone LeNet is built in the table, row by row', async () => {
  await withPage({}, async (page) => {
    await edit(page, '784-10');
    /** Goes to a field below, and types. @param {string} selector @param {string} text */
    const fill = async (selector, text) => {
      await tabTo(page, selector);
      if (await page.evaluate(() => document.activeElement?.matches('input'))) await page.keyboard.press('Control+A');
      await page.keyboard.type(text);
    };
    await fill('#stack-input', '28x28x1');
    await fill(fieldOf(1, 'kind'), 'convolution');
    await fill(fieldOf(1, 'size'), '6');
    await fill(fieldOf(1, 'kernel'), '5');
    await fill(fieldOf(1, 'activation'), 'tanh');
    for (const [row, kind, ...fields] of /** @type {[number, string, ...[string, string][]][]} */ ([
      [2, 'average pooling'],
      [3, 'convolution', ['size', '16'], ['kernel', '5'], ['padding', 'valid'], ['activation', 'tanh']],
      [4, 'average pooling'],
      [5, 'dense', ['size', '120'], ['activation', 'tanh']],
      [6, 'dense', ['size', '84'], ['activation', 'tanh']],
      [7, 'dense', ['size', '10']],
    ])) {
      await tabTo(page, '.add');
      await page.keyboard.press('Enter');
      assert.ok(await page.evaluate(() => document.activeElement?.matches('.rows li:last-child [data-field="kind"]')));
      await page.keyboard.type(kind);
      for (const [field, text] of fields) await fill(fieldOf(row, field), text);
    }
    assert.equal(await lineOf(page), LENET);
    await addressHas(page, LENET);
    await drawn(page, { depth: 7 });
  });
});

test('rows move, are copied and removed; the focus goes with them; undo and redo go through it all', async () => {
  await withPage({}, async (page) => {
    await edit(page, '64-30-20-10');
    const act = (/** @type {number} */ row, /** @type {string} */ action) =>
      page.press(`.rows li:nth-child(${row}) [data-action="${action}"]`, 'Enter');
    const steps = ['64-30-20-10'];
    for (const [row, action, line] of /** @type {[number, string, string][]} */ ([
      [2, 'up', '64-20-30-10'],
      [1, 'down', '64-30-20-10'],
      [2, 'copy', '64-30-20-20-10'],
      [1, 'remove', '64-20-20-10'],
    ])) {
      await act(row, action);
      assert.equal(await lineOf(page), line);
      assert.ok(await page.evaluate(() => document.activeElement?.closest('.rows li')), `${action} keeps the focus`);
      steps.push(line);
    }
    for (const line of steps.slice(0, -1).reverse()) {
      await page.keyboard.press('Control+z');
      assert.equal(await lineOf(page), line);
    }
    assert.equal(await page.getAttribute('.buttons button:nth-child(1)', 'aria-disabled'), 'true');
    for (const line of steps.slice(1)) {
      await page.keyboard.press('Control+Shift+Z');
      assert.equal(await lineOf(page), line);
    }
    await page.click('.buttons button:nth-child(1)');
    assert.equal(await lineOf(page), steps[3]);
    await page.click('.buttons button:nth-child(2)');
    assert.equal(await lineOf(page), steps[4]);
    await addressHas(page, steps[4]);
  });
});

test('with the mouse a row is dragged by its name', async () => {
  await withPage({}, async (page) => {
    await edit(page, '64-30-20-10');
    const at = async (/** @type {number} */ row) => {
      const box = await page.locator(`.rows li:nth-child(${row}) .number`).boundingBox();
      assert.ok(box);
      return /** @type {const} */ ([box.x + 20, box.y + box.height / 2]);
    };
    const [from, to] = [await at(1), await at(3)];
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(...to);
    await page.mouse.up();
    assert.equal(await lineOf(page), '64-20-10-30');
  });
});

test('on a phone, by touch, a layer is added, changed, moved and removed', async () => {
  await withPage({ width: 390, height: 844, touch: true }, async (page) => {
    await open(page, 'stack=64-30-10&batch=4&lang=en');
    await page.tap('.edit');
    await page.tap('.add');
    await page.fill('.rows li:nth-child(3) [data-field="size"]', '12');
    await page.selectOption('.rows li:nth-child(3) [data-field="activation"]', 'tanh');
    await page.tap('.rows li:nth-child(3) [data-action="up"]');
    await page.tap('.rows li:nth-child(1) [data-action="remove"]');
    assert.equal(await lineOf(page), '64-12:tanh-10');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0);
  });
});

test('one layer differs in B, and both charts say so', async () => {
  await withPage({}, async (page) => {
    await edit(page, '64-30-20-10');
    await page.press('.rows li:nth-child(2) [data-action="changeB"]', 'Enter');
    await page.fill('.only-b [data-field="size"]', '40');
    await page.fill('.only-b [data-field="gain"]', '2');
    await page.waitForFunction(() => location.hash.includes('changeB=2=40:gain=2'));
    await drawn(page, { depth: 3 });
    await page.fill('#layer-number', '2');
    await page.waitForFunction(() => document.querySelector('#layer h2')?.textContent === 'Layer 2 of 3: 20/40');
    await page.press('.rows li:nth-child(2) [data-action="up"]', 'Enter');
    await page.waitForFunction(() => location.hash.includes('changeB=1=40:gain=2'));
    await page.click('.only-b [data-action="sameB"]');
    await page.waitForFunction(() => !location.hash.includes('changeB'));
    assert.equal(await page.locator('.only-b').count(), 0);
  });
});

test('one press leads back to the controls, and one to the own layers again', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=3&width=16&batch=4&lang=en');
    const kind = (/** @type {string} */ value) => page.check(`input[name=kind][value="${value}"]`, { force: true });
    await kind('own-layers');
    await page.waitForFunction(() => location.hash.includes('stack='));
    assert.equal(await lineOf(page), '16-3*16');
    assert.equal(await page.isVisible('#depth'), false);
    await page.fill('#stack-line', '16-8-4');
    await drawn(page, { depth: 2 });
    await kind('dense');
    await drawn(page, { depth: 3 });
    assert.equal(await page.isVisible('#stack-line'), false);
    assert.equal(await page.isVisible('#layers'), false);
    await kind('own-layers');
    await drawn(page, { depth: 2 });
    assert.equal(await lineOf(page), '16-8-4');
    await kind('dense');
    await page.fill('#depth', '5');
    await kind('own-layers');
    await drawn(page, { depth: 5 });
    assert.equal(await lineOf(page), '16-5*16', 'the controls make other layers now');
    await page.focus('#stack-line');
    await page.keyboard.press('Control+z');
    assert.equal(await lineOf(page), '16-8-4', 'and what was there is one step back');
  });
});

test('a wrong line is marked and explained while it is typed, and the last network stays', async () => {
  await withPage({}, async (page) => {
    await open(page, 'stack=64-30-10&batch=4&lang=en');
    await page.fill('#stack-line', '64-30-conw6-10');
    assert.equal(await page.textContent('.marks mark'), 'conw');
    assert.match(String(await page.textContent('#stack-fault')), /conw.*conv/);
    assert.equal(await page.getAttribute('#stack-line', 'aria-invalid'), 'true');
    await settled(page);
    assert.equal(await page.getAttribute('#sheet', 'data-layers-a'), '2');
    await page.fill('#stack-line', '64-30-conv6-10');
    assert.equal(await page.textContent('.marks mark'), 'conv6');
    assert.match(String(await page.textContent('#stack-fault')), /Layer 2 \(conv1\) needs images/);
    await page.fill('#stack-line', '64-30-6-10');
    assert.equal(await page.textContent('#stack-fault'), '');
    await drawn(page, { depth: 3 });
  });
});

test('an address with a line that cannot be read, or with too many layers, says where, and keeps the rest', async () => {
  await withPage({}, async (page) => {
    for (const [line, mark, said] of /** @type {[string, string, RegExp][]} */ ([
      ['28x28x1-conw6', 'conw', /conw/],
      ['784-10000*256', '10000', /100/],
    ])) {
      await page.goto('about:blank');
      await show(page, `stack=${line}&depth=3&width=16&seed=7&lang=en`);
      await drawn(page, { depth: 3, width: 16 });
      assert.equal(await lineOf(page), line);
      assert.equal(await page.textContent('.marks mark'), mark);
      assert.match(String(await page.textContent('#stack-fault')), said);
      assert.match(String(await page.textContent('#note')), /The layers in the link cannot be read/);
      assert.equal(await page.inputValue('#seed'), '7');
    }
    await page.fill('#stack-line', '784-32-10');
    await drawn(page, { depth: 2 });
    assert.equal(await page.isChecked('input[name=kind][value="own-layers"]'), true);
  });
});

test('layers without weights leave gaps, and the panel of such a layer says why', async () => {
  await withPage({}, async (page) => {
    for (const [lang, sentence] of [
      ['en', 'This layer has no weights.'],
      ['ru', 'У этого слоя нет весов.'],
    ]) {
      await open(page, `stack=${LENET}&batch=4&layer=2&tensor=weights&lang=${lang}`);
      await lookAtFormulas(page);
      assert.equal(await page.textContent('#formulaA .calls'), sentence);
      assert.equal(await page.textContent('#ridgeA .measured'), sentence);
    }
  });
});

test('the table of a chart names its layers, and so does the slider', async () => {
  await withPage({}, async (page) => {
    await open(page, `stack=${LENET}&batch=4&layer=3&lang=en`);
    await page.click('#rms details.numbers summary');
    await page.waitForSelector('#rms table tbody tr');
    const cells = await page.$$eval('#rms table tbody tr', (rows) => rows.map((row) => row.children[1].textContent));
    assert.deepEqual(cells, ['–', 'conv1', 'pool1', 'conv2', 'pool2', '120', '84', 'output 10']);
    assert.equal(await page.getAttribute('input[type=range][name=layer]', 'aria-valuetext'), 'layer 3 (conv2)');
    assert.equal(await page.textContent('.choice .name'), 'conv2');
  });
});

test('verdict, alerts of screen readers and captions name the layers of LeNet as the axes do', async () => {
  await withPage({}, async (page) => {
    const dead = LENET.replace('padding=valid:tanh', 'padding=valid:zeros:tanh');
    for (const [lang, said] of /** @type {[string, RegExp][]} */ ([
      ['en', /from layer 3 \(conv2\) on\./],
      ['ru', /начиная со слоя 3 \(conv2\)/i],
    ])) {
      await open(page, `stack=${dead}&batch=4&layer=4&lang=${lang}`);
      assert.match(String(await page.textContent('#verdictA .sentence')), said);
      assert.match(String(await page.getAttribute('#rms canvas', 'aria-label')), said);
      assert.match(String(await page.textContent('.maps .A figcaption')), /4 \(pool2\)/);
      assert.doesNotMatch(String(await page.textContent('#rms figcaption')), /\b0\b/, 'the axis has no number 0');
    }
    await open(page, 'depth=4&width=16&batch=4&a=zeros&lang=en');
    assert.match(String(await page.textContent('#verdictA .sentence')), /from layer 1 on\./);
    assert.match(String(await page.textContent('#rms figcaption')), /^Layer 0 is the input\./);
  });
});

test('the kernel of a layer before a dense one is told of that layer, which need not be the last', async () => {
  await withPage({}, async (page) => {
    await open(page, 'stack=28x28-conv6:5x5-120-84-10&batch=4&layer=2&lang=en');
    assert.match(
      String(await page.textContent('#counting h3')),
      /^Layer 1 \(conv1\): kernel .*; layer 2 \(120\) has no kernel$/,
    );
    await open(page, 'stack=28x28-conv6:5x5-120-84-10&batch=4&layer=2&lang=ru');
    assert.match(
      String(await page.textContent('#counting h3')),
      /^Слой 1 \(conv1\): ядро .*; у слоя 2 \(120\) ядра нет$/,
    );
  });
});

/** The texts of menus that are wider than their menus, by their fields. @param {Page} page */
const cutMenus = (page) =>
  page.$$eval('.rows select', (menus) =>
    menus.flatMap((menu) => {
      const select = /** @type {HTMLSelectElement} */ (menu);
      const text = select.selectedOptions[0].text;
      const whole = /** @type {HTMLSelectElement} */ (select.cloneNode());
      whole.append(new Option(text));
      whole.style.cssText = 'position: absolute; flex: none; width: max-content';
      select.after(whole);
      const isCut = whole.offsetWidth > select.offsetWidth;
      whole.remove();
      return isCut ? [`${select.dataset.field}: ${text}`] : [];
    }),
  );

test('what a layer takes from the network is told in menus that have room for it, in both languages', async () => {
  for (const width of [390, 1024, 1440]) {
    await withPage({ width }, async (page) => {
      for (const [lang, said] of [
        ['en', 'ReLU (default)'],
        ['ru', 'ReLU (по умолчанию)'],
      ]) {
        await page.goto('about:blank');
        const schemes = 'a=xavier-normal&b=xavier-normal';
        await open(
          page,
          `stack=28x28-conv6-maxpool2-conv9:uniform=0.2-convT8-gap-32-10&batch=4&${schemes}&lang=${lang}`,
        );
        await page.click('.edit');
        await page.waitForSelector('.rows li');
        assert.deepEqual(await cutMenus(page), [], `${lang}, ${width} pixels`);
        const menu = page.locator('.rows li:last-child [data-field="activation"]');
        assert.equal(await menu.getAttribute('title'), said);
        assert.equal(await menu.evaluate((select) => /** @type {HTMLSelectElement} */ (select).value), '');
        await menu.selectOption('relu');
        assert.equal(await menu.getAttribute('title'), '', 'now the layer says it itself');
        await page.waitForFunction(() => location.hash.includes('-10:relu'));
      }
    });
  }
});

test('a frame runs the layers of its address, and shows no editor', async () => {
  await withPage({}, async (page) => {
    await open(page, `embed=1&stack=${LENET}&batch=4`);
    await drawn(page, { depth: 7 });
    assert.equal(await page.isVisible('#stack-line'), false);
  });
});
