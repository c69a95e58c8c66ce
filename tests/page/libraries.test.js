/*
 * The menu of schemes under their library names: what a choice sets, how long its name stays, and what the page says about
 * it. Whether the weights are right is in tests/js/libraries.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, open, withPage } from './browser.js';

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

test('the default of nn.Linear sets scheme, biases and a gain of 1, and the address brings them back', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16&gainA=2&bias=0.5');
    await page.selectOption('#a', { label: 'PyTorch: nn.Linear, nn.Conv2d default' });
    await drawn(page, { a: 'pytorch-default' });
    assert.equal(await page.inputValue('#biasA'), 'pytorch-default');
    assert.equal(await page.inputValue('#gainA'), '1');
    assert.equal(await page.inputValue('#biasB'), 'sigma');
    assert.match(await formula(page, 'A'), /\|b\| < 1 \/ √fan_in = 0\.250/);
    assert.match(await formula(page, 'B'), /std σ_b = 0\.5$/);
    const hash = '#depth=2&width=16&a=pytorch-default&biasA=pytorch-default&bias=0.5';
    await page.waitForFunction((wanted) => location.hash === wanted, hash);
    await page.reload();
    await drawn(page, { a: 'pytorch-default' });
    assert.equal(await page.inputValue('#biasA'), 'pytorch-default');
    assert.equal(await page.evaluate(() => location.hash), hash);
  });
});

test('a default’s name stays until its biases or its gain are changed, an initializer’s through both', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16&bias=0.5');
    const name = 'Keras: Dense, Conv2D default: GlorotUniform';
    for (const change of [() => page.selectOption('#biasB', 'pytorch-default'), () => page.fill('#gainB', '2')]) {
      await page.selectOption('#b', { label: name });
      assert.equal(await page.inputValue('#biasB'), 'zeros');
      assert.equal(await shown(page, 'b'), name);
      await change();
      assert.equal(await shown(page, 'b'), 'Xavier uniform');
    }
    await page.selectOption('#b', { label: 'JAX: glorot_uniform' });
    assert.equal(await page.inputValue('#gainB'), '2');
    await page.selectOption('#biasB', 'pytorch-default');
    assert.equal(await shown(page, 'b'), 'JAX: glorot_uniform');
  });
});
