/*
 * The menu of schemes under their library names: what a choice sets, how long its name stays, and what the page says about
 * it. Whether the weights are right is in tests/js/libraries.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, lookAtFormulas, open, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

/** The text that a network's menu shows. @param {Page} page @param {'a' | 'b'} [name] */
const shown = (page, name = 'a') =>
  page.evaluate((id) => {
    const [option] = /** @type {HTMLSelectElement} */ (document.getElementById(id)).selectedOptions;
    return option.textContent;
  }, name);

/** The formula's lines as text. @param {import('playwright-core').Page} page @param {'A' | 'B'} letter */
const formula = (page, letter) =>
  page.$$eval(`#formula${letter} math`, (lines) => lines.map((line) => line.getAttribute('alttext')).join('\n'));

test('what a library calls a scheme can be chosen, stays shown, and is told beside the formula', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16');
    await page.selectOption('#a', { label: 'Keras: HeNormal' });
    await drawn(page, { a: 'he-truncated' });
    assert.equal(await shown(page), 'Keras: HeNormal');
    await lookAtFormulas(page);
    assert.match(String(await page.textContent('#formulaA .calls')), /Keras HeNormal; JAX he_normal/);
    await page.selectOption('#a', { label: 'Keras: TruncatedNormal' });
    await drawn(page, { a: 'truncated-raw' });
    assert.equal(await page.inputValue('#valueA'), '0.05');
    await page.waitForFunction(() => location.hash.endsWith('a=truncated-raw&valueA=0.05'));
    await page.fill('#valueA', '0.5');
    await page.keyboard.press('Enter');
    assert.equal(await shown(page), 'Truncated normal');
    await page.selectOption('#a', 'constant');
    await page.fill('#valueA', '-0.5');
    await page.keyboard.press('Enter');
    await drawn(page, { a: 'constant' });
    assert.match(String(await page.textContent('#formulaA .lines')), /−0\.5, given/);
    assert.match(String(await page.textContent('#verdictA .agreement')), /does not apply to constant weights/);
  });
});

test('the default of nn.Linear sets scheme, biases, count of fans and a gain of 1, and the address brings them back', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16&gainA=2&bias=0.5');
    await page.selectOption('#a', { label: 'PyTorch: nn.Linear, nn.Conv2d default' });
    await drawn(page, { a: 'pytorch-default' });
    assert.equal(await page.inputValue('#biasA'), 'pytorch-default');
    assert.equal(await page.inputValue('#fansA'), 'pytorch');
    assert.equal(await page.inputValue('#gainA'), '1');
    assert.equal(await page.inputValue('#biasB'), 'sigma');
    await lookAtFormulas(page);
    assert.match(await formula(page, 'A'), /\|b\| < 1 \/ √fan_in = 0\.250/);
    assert.match(await formula(page, 'B'), /std σ_b = 0\.5$/);
    const hash = '#depth=2&width=16&a=pytorch-default&biasA=pytorch-default&fansA=pytorch&bias=0.5';
    await page.waitForFunction((wanted) => location.hash === wanted, hash);
    await page.reload();
    await drawn(page, { a: 'pytorch-default' });
    assert.equal(await page.inputValue('#biasA'), 'pytorch-default');
    assert.equal(await page.evaluate(() => location.hash), hash);
  });
});

test('a call’s name stays as long as the call would draw these weights: through biases, not through gain or fans', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16&bias=0.5&gainB=2');
    const [layer, call] = ['Keras: Dense, Conv2D default: GlorotUniform', 'JAX: glorot_uniform'];
    const changes = [
      () => page.fill('#gainB', '2'),
      () => page.selectOption('#fansB', 'channels'),
      () => page.selectOption('#takenB', 'variance'),
      () => page.selectOption('#biasB', 'pytorch-default'),
    ];
    await page.click('#mistakes summary');
    for (const name of [layer, call]) {
      for (const [i, change] of changes.entries()) {
        await page.selectOption('#takenB', 'std');
        await page.selectOption('#b', { label: name });
        assert.equal(await shown(page, 'b'), name);
        assert.equal(await page.inputValue('#gainB'), '1');
        await change();
        assert.equal(await shown(page, 'b'), name === call && i === 3 ? call : 'Xavier uniform');
      }
    }
  });
});

test('the scheme that is PyTorch’s default brings its biases, and the next scheme takes them back', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16');
    await page.selectOption('#a', 'pytorch-default');
    await page.waitForFunction(
      () => location.hash === '#depth=2&width=16&a=pytorch-default&biasA=pytorch-default&fansA=pytorch',
    );
    assert.match(String(await page.textContent('#verdictA .scheme')), /PyTorch/);
    await page.selectOption('#a', 'he-normal');
    await page.waitForFunction(() => location.hash === '#depth=2&width=16&a=he-normal');
  });
});

test('a call for dense layers is not shown over convolutions', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16&channels=4&size=4');
    await page.selectOption('#a', { label: 'MLX: nn.Linear default' });
    assert.equal(await shown(page), 'MLX: nn.Linear default');
    await page.check('input[name=kind][value=conv]', { force: true });
    assert.equal(await shown(page), 'PyTorch default');
    await page.selectOption('#a', { label: 'MLX: nn.Linear default' });
    assert.equal(await shown(page), 'PyTorch default');
  });
});
