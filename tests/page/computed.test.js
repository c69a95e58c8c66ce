/*
 * The controls show what is computed: a choice that another one overrules stands at what is computed, with a quiet word,
 * and comes back. What is computed is in tests/js/computed.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, open, unfold, withPage } from './browser.js';

const LOGITS = 'Cross-entropy takes logits: the output layer is linear.';

test('a sigmoid head under cross-entropy stands at linear, says why, and comes back with another loss', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=3&width=16&head=sigmoid');
    await unfold(page, '#heads');
    await page.selectOption('#loss', 'cross-entropy');
    await drawn(page);
    assert.equal(await page.inputValue('#head'), 'linear');
    assert.equal(await page.textContent('#note'), LOGITS);
    await page.selectOption('#head', 'sigmoid');
    assert.equal(await page.inputValue('#head'), 'linear');
    assert.equal(await page.textContent('#note'), LOGITS);
    await page.selectOption('#activation', 'tanh');
    assert.equal(await page.textContent('#note'), '');
    await page.selectOption('#loss', 'random');
    assert.equal(await page.inputValue('#head'), 'sigmoid');
  });
});

test('an old address with a sigmoid head under cross-entropy opens with a word on it, in the language of the page', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16&head=sigmoid&loss=cross-entropy');
    assert.equal(await page.inputValue('#head'), 'linear');
    assert.equal(await page.textContent('#note'), LOGITS);
    await page.check('input[name=lang][value=ru]', { force: true });
    await page.waitForFunction(() => document.documentElement.lang === 'ru');
    assert.equal(await page.inputValue('#head'), 'linear');
  });
});

test('groups stand at the number that divides the channels', async () => {
  await withPage({}, async (page) => {
    await open(page, 'kind=conv&depth=2&batch=1&size=4&groups=32&channels=32');
    await page.fill('#channels', '8');
    await drawn(page);
    assert.equal(await page.inputValue('#groups'), '8');
    assert.equal(await page.textContent('#note'), 'Groups must divide the channels: with 8 channels, “groups” is 8.');
    await page.fill('#channels', '32');
    assert.equal(await page.inputValue('#groups'), '32');
    assert.equal(await page.textContent('#note'), '');
  });
});

test('while LSUV finds the gains, the menu of gains says so', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=16');
    await page.selectOption('[data-gain=gainA]', 'lsuv');
    await drawn(page);
    assert.equal(await page.inputValue('[data-gain=gainA]'), 'lsuv');
    assert.equal(await page.inputValue('[data-gain=gainB]'), '');
    await page.fill('#gainA', '2');
    assert.equal(await page.inputValue('[data-gain=gainA]'), '');
  });
});
