/*
 * The reader's own layers on their way in Chromium: an address with a line, what the reader does while a part is being
 * loaded, a part that cannot be loaded, and lines that cannot be run. The editor itself is in stack.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADDRESS, drawn, go, open, settled, show, withPage } from './browser.js';
import { addressHas, edit, lineOf } from './own-layers.js';

/** @typedef {import('playwright-core').Page} Page */

/** Holds back a script of the page until the answer is called. @param {Page} page @param {string} name */
async function holdBack(page, name) {
  let release = () => {};
  const released = new Promise((resolve) => {
    release = () => resolve(undefined);
  });
  await page.route(`**/${name}`, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** Presses a radio button for a kind of layer. @param {Page} page @param {string} kind */
const press = (page, kind) => page.check(`input[name=kind][value="${kind}"]`, { force: true });

/** Which kind is chosen. @param {Page} page */
const chosen = (page) => page.inputValue('input[name=kind]:checked');

test('what the reader does while the part or the language is on its way stays', async () => {
  await withPage({}, async (page) => {
    const release = await holdBack(page, 'stack.js');
    await page.goto(`${ADDRESS}#stack=64-30-10&batch=4&lang=en`, { waitUntil: 'commit' });
    await page.waitForSelector('input[name=kind][value=conv]', { state: 'attached' });
    await press(page, 'conv');
    await settled(page);
    release();
    await page.waitForSelector('#stack-line', { state: 'attached' });
    await settled(page);
    assert.deepEqual([await chosen(page), await page.isVisible('#stack-line')], ['conv', false]);
  });
  await withPage({}, async (page) => {
    const release = await holdBack(page, 'ru.js');
    await page.goto(`${ADDRESS}#stack=28x28-120-10&batch=4&lang=ru`, { waitUntil: 'commit' });
    await page.fill('#stack-line', '784-50-10');
    release();
    await settled(page);
    assert.equal(await lineOf(page), '784-50-10');
    await addressHas(page, '784-50-10');
  });
  await withPage({}, async (page) => {
    await open(page, 'depth=3&width=16&batch=4&lang=en');
    const release = await holdBack(page, 'stack.js');
    await go(page, 'stack=64-30-10&batch=4&lang=en');
    await page.fill('#seed', '77');
    release();
    await drawn(page, { depth: 2 });
    assert.equal(await page.inputValue('#seed'), '77');
    await page.waitForFunction(() => /stack=64-30-10.*seed=77/.test(location.hash));
  });
});

test('own layers that are on their way give way to what is pressed after them', async () => {
  await withPage({}, async (page) => {
    const release = await holdBack(page, 'stack.js');
    await open(page, 'depth=3&width=16&batch=4&lang=en');
    await press(page, 'own-layers');
    await press(page, 'dense');
    release();
    await page.waitForSelector('#stack-line', { state: 'attached' });
    assert.deepEqual([await chosen(page), await page.isVisible('#stack-line')], ['dense', false]);
  });
});

test('where the editor cannot be loaded, the controls say so, and a line stays until it can', async () => {
  await withPage({ expected: /ERR_FAILED/ }, async (page) => {
    let isThere = false;
    await page.route('**/stack.js', (route) => (isThere ? route.continue() : route.abort()));
    await open(page, 'depth=3&width=16&batch=4&lang=en');
    await press(page, 'own-layers');
    await page.waitForFunction(() => document.getElementById('note')?.textContent?.includes('could not be loaded'));
    assert.equal(await chosen(page), 'dense');
    await show(page, 'stack=64-30-10&batch=4&lang=en');
    await page.fill('#seed', '5');
    await page.waitForFunction(() => location.hash.includes('stack=64-30-10&batch=4&seed=5'));
    isThere = true;
    await page.fill('#seed', '6');
    await drawn(page, { depth: 2 });
    assert.equal(await lineOf(page), '64-30-10');
  });
});

test('a line that cannot be run is left by one press, and a line of an address comes back', async () => {
  await withPage({}, async (page) => {
    await show(page, 'stack=64-conw&depth=3&width=16&batch=4&lang=en');
    assert.equal(await chosen(page), 'own-layers');
    await press(page, 'dense');
    assert.equal(await page.isVisible('#stack-line'), false);
    await show(page, 'stack=64-conw&depth=3&width=16&batch=4&lang=en');
    await show(page, 'depth=4&width=16&batch=4&lang=en');
    assert.equal(await page.isVisible('#stack-line'), false);
    await open(page, 'stack=28x28x1-conv6:5x5-10&batch=4&lang=en');
    await press(page, 'dense');
    await drawn(page, { depth: 20 });
    await press(page, 'own-layers');
    await drawn(page, { depth: 2 });
    assert.equal(await lineOf(page), '28x28x1-conv6:5x5-10');
    await page.fill('#stack-line', '28x28x1-conw');
    await press(page, 'dense');
    await press(page, 'own-layers');
    await drawn(page, { depth: 2 });
    assert.equal(await lineOf(page), '28x28x1-conv6:5x5-10');
  });
});

test('a line that is not canonical is no step, and a note on the address stays', async () => {
  await withPage({}, async (page) => {
    await open(page, 'stack=28x28-120-10&batch=4&lang=ru&foo=1');
    assert.match(String(await page.textContent('#note')), /foo/);
    assert.equal(await page.isDisabled('.buttons button:nth-child(1)'), true);
    assert.match(page.url(), /foo=1/);
  });
});

test('a change in B that cannot be read is told, and the line stays; a layer typed before it does not move it', async () => {
  await withPage({}, async (page) => {
    await open(page, 'stack=784-256-10&changeB=2=foo&batch=4&lang=en');
    await drawn(page, { depth: 2 });
    assert.match(String(await page.textContent('#note')), /layer 2 in B, “foo”.*Character 1, “foo”/);
    assert.equal(await page.textContent('#stack-fault'), '');
    await edit(page, '64-30-20-10', '&changeB=2=40');
    await page.fill('#stack-line', '64-50-30-20-10');
    await page.waitForFunction(() => location.hash.includes('changeB=3=40'));
  });
});

test('an address with convolutions starts the workers that can run them, and no others', async () => {
  await withPage({}, async (page) => {
    let started = 0;
    page.on('worker', () => {
      started++;
    });
    await open(page, 'stack=8x8-conv4-10&batch=4&lang=en');
    assert.equal(started, 2);
  });
});
