/*
 * Residual blocks and number formats in a browser: the controls, what is said beside them, and where both appear. The networks of
 * blocks are tested in tests/js/presets.test.js, and what leaves a format in tests/js/formats.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, open, settled, show, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page @param {string} selector */
const text = async (page, selector) => (await page.textContent(selector))?.trim();

/** @param {Page} page @param {string} hash */
const waitFor = (page, hash) => page.waitForFunction((wanted) => location.hash === wanted, hash);

test('a block is chosen by its name: depth counts blocks, a line says what it fixes, and A can follow its paper', async () => {
  await withPage({}, async (page) => {
    await open(page, 'width=16&batch=8');
    assert.equal(await page.isVisible('#norm'), false);
    await page.selectOption('#block', 'gpt2');
    await waitFor(page, '#block=gpt2&depth=8&width=16&batch=8');
    await drawn(page, { depth: 34 });
    assert.match(String(await page.innerText('label[for=depth]')), /depth\s+blocks/);
    assert.deepEqual([await page.inputValue('#depth'), await page.inputValue('#activation')], ['8', 'gelu']);
    assert.equal(await page.getAttribute('#branch', 'placeholder'), '1.00');
    const about = () => text(page, '.block-note span');
    assert.match(
      String(await about()),
      /× 1\/√\(2 × 8\) = 0\.250 \(Radford et al\. 2019\)\. .*: scheme, gain and bias\.$/,
    );
    await page.click('.block-note button');
    await page.waitForFunction(() => location.hash.includes('a=normal&valueA=0.02'));
    assert.equal(await page.isVisible('.block-note button'), false);
    // three times the paper's weights are not the paper's
    await page.fill('input[name=gainA]:not([type=range])', '3');
    await page.press('input[name=gainA]:not([type=range])', 'Enter');
    await page.click('.block-note button');
    await page.waitForFunction(() => !location.hash.includes('gainA'));
    assert.equal(await page.isVisible('.block-note button'), false);
    await drawn(page);
    // the sentences name layers, and the network of A starts as GPT-2 does
    assert.match(String(await page.textContent('#rms canvas + *, #layer h2')), /sum1/);
    await page.selectOption('#norm', 'rms');
    await page.fill('#branch', '0.5');
    await page.press('#branch', 'Enter');
    await page.waitForFunction(() => location.hash.includes('norm=rms&branch=0.5'));
    assert.match(String(await about()), / Here its norm is RMS norm\. Here each branch × 0\.5\.$/);
    await page.selectOption('#block', 'none');
    await page.waitForFunction(() => !/[#&](block|norm|branch|depth)=/.test(location.hash));
    await drawn(page, { depth: 20 });
  });
});

test('a block of an address is there at once, in Russian too; too many are taken back, and the page says so', async () => {
  await withPage({}, async (page) => {
    await show(page, 'block=resnet-v1&depth=100&width=2&batch=1&lang=ru');
    assert.equal(await page.inputValue('#depth'), '50');
    assert.match(String(await text(page, '#note')), /взято 50\.$/);
    assert.match(String(await text(page, '.block-note span')), /Хе и др\. 2015/);
    await show(page, 'block=rezero&depth=2&width=8&batch=8&tuneB=lsuv');
    assert.match(String(await text(page, '#verdictA .word')), /^Scale kept/);
    assert.equal(await page.inputValue('#depth'), '2');
    await page.click('label:has(input[value=own-layers])');
    await page.waitForFunction(() => location.hash.includes('stack=8-8:linear-8-add1:branch=0:trains=branch-8-add1'));
    await settled(page);
    assert.equal(await page.isVisible('#block'), false);
    await page.click('label:has(input[name=kind][value=dense])');
    await page.waitForFunction(() => !location.hash.includes('stack='));
    await drawn(page, { depth: 5 });
  });
});

test('the limits of a number format are drawn and told of each network, and go with the choice', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=12&width=32&batch=8&b=normal&valueB=0.01');
    await page.selectOption('#format', 'float16');
    await waitFor(page, '#depth=12&width=32&batch=8&b=normal&valueB=0.01&format=float16');
    await settled(page);
    assert.match(
      String(await text(page, '#verdictA .agreement')),
      /In float16, every layer has room, forward and backward\.$/,
    );
    assert.match(
      String(await text(page, '#verdictB .agreement')),
      /In float16, .* of the signal becomes 0 in layers \d to 12;/,
    );
    assert.match(
      String(await text(page, '#rms figcaption')),
      /Dotted: limits of float16, from 5\.96\s×\s10⁻⁸ .* to 65,504\./,
    );
    await page.selectOption('#format', 'none');
    await settled(page);
    assert.doesNotMatch(String(await text(page, '#rms figcaption')), /float16/);
    assert.doesNotMatch(String(await text(page, '#verdictB .agreement')), /float16/);
  });
});

test('a frame keeps the controls of blocks that it names', async () => {
  await withPage({}, async (page) => {
    await show(page, 'block=deepnorm&depth=2&width=8&batch=8&embed=1&show=block,branch');
    for (const name of ['block', 'branch']) assert.equal(await page.isVisible(`#${name}`), true, name);
    assert.equal(await page.$('#depth'), null);
  });
});

test('where the part of blocks cannot be loaded, the networks stay plain and the page says so; the next choice tries again', async () => {
  await withPage({ expected: /ERR_FAILED/ }, async (page) => {
    await open(page, 'depth=3&width=8&batch=8');
    await page.route('**/stack.js', (route) => route.abort());
    await page.selectOption('#block', 'fixup');
    await page.waitForFunction(() => /could not be loaded/.test(document.getElementById('note')?.textContent ?? ''));
    assert.equal(await page.inputValue('#block'), 'none');
    await drawn(page, { depth: 3 });
    await page.unroute('**/stack.js');
    await page.selectOption('#block', 'fixup');
    await drawn(page, { depth: 10 });
  });
});
