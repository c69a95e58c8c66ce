/*
 * Below a refusal for size stands a button with a number that fits; a press on it runs the networks. Which number that is,
 * is in tests/js/remedies.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, open, show, withPage } from './browser.js';

test('a million inputs and a batch of 512: the batch that fits is one press away, in both languages', async () => {
  await withPage({}, async (page) => {
    await show(page, 'depth=2&width=16&inputs=1048576&batch=512');
    assert.match(
      String(await page.textContent('#verdictA .sentence')),
      / a batch of 512 needs \d{4}\u00a0MiB of memory, and a network may have 1008\u00a0MiB/,
    );
    await page.waitForSelector('#verdictA .remedy');
    const offer = String(await page.textContent('.remedy'));
    const [, batch] = /^Use a batch of (\d+)$/.exec(offer) ?? [];
    assert.ok(Number(batch) >= 64 && Number(batch) < 512, offer);
    assert.equal(await page.locator('.remedy').count(), 1);
    await page.check('input[name=lang][value=ru]', { force: true });
    await page.waitForSelector(`#verdictA .remedy:text-is("Взять батч размера ${batch}")`);
    await page.click('.remedy');
    await drawn(page, { depth: 2 });
    assert.equal(await page.inputValue('#batch'), batch);
    assert.equal(await page.locator('.remedy').count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'sheet');
    const hash = `#depth=2&width=16&inputs=1048576&batch=${batch}&lang=ru`;
    await page.waitForFunction((wanted) => location.hash === wanted, hash);
  });
});

test('a line of layers too large for its batch: the sentence and the button name what is on the page', async () => {
  await withPage({}, async (page) => {
    await show(page, 'stack=1048576-2*16&batch=512&lang=en');
    const sentence = String(await page.textContent('#verdictA .sentence'));
    assert.match(sentence, /Set “batch” to \d+ or less, or make the network smaller in “layers”\./);
    assert.equal(await page.textContent('.line label'), 'layers');
    assert.equal(await page.isVisible('#depth'), false);
    await page.waitForSelector('#verdictA .remedy');
    const batch = /to (\d+) or less/.exec(sentence)?.[1];
    assert.equal(await page.textContent('.remedy'), `Use a batch of ${batch}`);
    await show(page, 'stack=64-4096-10&batch=8&b=orthogonal&lang=en');
    assert.match(
      String(await page.textContent('#verdictB .sentence')),
      /layer 1 \(4096\) .* In “layers” give it at most 2048/,
    );
    await show(page, 'depth=2&width=4096&batch=8&b=orthogonal&lang=en');
    assert.match(
      String(await page.textContent('#verdictB .sentence')),
      /layer 1 would have .* Set “width” to 2,?048 or less/,
    );
  });
});

test('an orthogonal matrix that is too wide: the offer stands below the network that is refused', async () => {
  await withPage({}, async (page) => {
    await show(page, 'depth=2&width=4096&batch=8&b=orthogonal');
    await page.waitForSelector('#verdictB .remedy:text-is("Use a width of 2048")');
    assert.equal(await page.locator('#verdictA .remedy').count(), 0);
    await open(page, 'depth=2&width=16');
    assert.equal(await page.locator('.remedy').count(), 0);
  });
});

test('where the search cannot be loaded the refusal stands alone, and the next one tries again', async () => {
  const expected = /Failed to load resource|size\.js/;
  await withPage({ expected }, async (page) => {
    let reachable = false;
    await page.route('**/size.js', (route) => (reachable ? route.continue() : route.abort()));
    const failed = page.waitForEvent('requestfailed', (request) => request.url().endsWith('size.js'));
    await show(page, 'depth=2&width=4096&batch=8&b=orthogonal');
    await failed;
    assert.match(String(await page.textContent('#verdictB .sentence')), /^An orthogonal matrix has at most 2048 rows/);
    assert.equal(await page.locator('.remedy').count(), 0);
    reachable = true;
    await show(page, 'depth=2&width=4095&batch=8&b=orthogonal');
    await page.waitForSelector('#verdictB .remedy');
  });
});
