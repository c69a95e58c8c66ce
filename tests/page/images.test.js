/*
 * Networks of images on the page. The page counts the fans of the kernel (5, 5, 3, 8). It accepts or refuses a reader's own
 * image. A layer of 480,000 inputs shows its progress and can be left. Which files are accepted is in picture.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, go, lookAtFormulas, open, show, unfold, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page @param {string} selector */
const text = async (page, selector) =>
  String(await page.textContent(selector))
    .replace(/\s+/g, ' ')
    .trim();

/** How many colours a canvas has. @param {Page} page @param {string} selector */
const coloursOf = (page, selector) =>
  page.evaluate((which) => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector(which));
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    return new Set(new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size;
  }, selector);

/** How many greys a canvas has among its colours. @param {Page} page @param {string} selector */
const greysOf = (page, selector) =>
  page.evaluate((which) => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector(which));
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const colours = new Set(new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer));
    return [...colours].filter((colour) => new Set([0, 8, 16].map((bits) => (colour >> bits) & 255)).size === 1).length;
  }, selector);

test('a convolution is one click away, and its kernel is counted out: 75 and 200', async () => {
  await withPage({}, async (page) => {
    await open(page);
    assert.equal(await page.isVisible('#conv'), false);
    await page.click('.kind span:text("convolution")');
    await drawn(page, { depth: 7, layer: 1 });
    assert.match(await text(page, '#counting h3'), /^Layer 1: kernel \(5, 5, 3, 8\) and its fans$/);
    assert.match(await text(page, '#counting'), /Each output is computed from 5 × 5 × 3 = 75 inputs\./);
    assert.match(await text(page, '#counting'), /Each input affects 5 × 5 × 8 = 200 outputs\./);
    await lookAtFormulas(page);
    const fans = page.locator('#formulaA p:first-child math');
    assert.equal(await fans.first().getAttribute('alttext'), 'fan_in = 5 × 5 × 3 = 75');
    assert.equal(await fans.last().getAttribute('alttext'), 'fan_out = 5 × 5 × 8 = 200');
    assert.match(
      await text(page, '.places .B figcaption'),
      /Interior \(784 of 1024 positions, which padding has not affected\): .* Border: /,
    );
    assert.equal(await page.isVisible('#width'), false);
    await page.click('.kind span:text("dense")');
    await drawn(page, { depth: 20, width: 256 });
    assert.equal(await page.isVisible('#conv'), false);
  });
});

test('A and B that differ in nothing but the count of their fans: one holds, the other explodes', async () => {
  await withPage({}, async (page) => {
    await open(page, 'kind=conv&depth=6&batch=4&a=he-normal&fansB=channels');
    assert.match(await text(page, '#verdictA'), /^A He normal Scale kept/);
    assert.match(
      await text(page, '#verdictB'),
      /^B He normal, fans counted by channels only Signal explodes.* \(×\s[45]\.\d+ per layer\)/,
    );
    await lookAtFormulas(page);
    assert.match(await text(page, '#formulaB'), /fans counted by channels only: 8 and 8; true: 200 and 200/);
    await open(page, 'kind=conv&depth=6&batch=4&a=he-normal&takenB=variance');
    assert.match(await text(page, '#verdictB'), /^B He normal, variance passed as std Signal vanishes/);
  });
});

test('kernels, feature maps and the input are pictures of their own', async () => {
  await withPage({}, async (page) => {
    await open(page, 'kind=conv&depth=3&batch=2&input=leaves&layer=2');
    for (const canvas of ['.example', '.kernels .A', '.kernels .B', '.maps .A', '.maps .B', '.places .A']) {
      assert.ok((await coloursOf(page, `${canvas} canvas`)) > 20, canvas);
      assert.ok(String(await page.getAttribute(`${canvas} canvas`, 'aria-label')).length > 20, canvas);
    }
  });
});

test('kernels of grey images are told of as grey, those of images in colour as red, green and blue', async () => {
  await withPage({}, async (page) => {
    const caption = () => text(page, '.kernels .A figcaption');
    await open(page, 'stack=28x28-conv6:5x5-10&batch=2&input=leaves&lang=en');
    assert.match(
      await caption(),
      /^Kernels of A, first layer: all 6, in shades of grey\. Middle grey is 0, white .*, black −/,
    );
    assert.equal(await coloursOf(page, '.kernels .A canvas'), await greysOf(page, '.kernels .A canvas'));
    await open(page, 'stack=784-16-10&batch=2&input=leaves&lang=ru');
    assert.match(
      await caption(),
      /^Веса нейронов A, первый слой: все 16, в оттенках серого\. Средний серый\s— 0, белый/,
    );
    await open(page, 'stack=16x16x3-conv6:5x5-10&batch=2&input=leaves&lang=en');
    assert.match(await caption(), /: all 6, in red, green and blue\. Grey is 0; full colour is ±/);
    await open(page, 'stack=16x16x8-conv6:5x5-10&batch=2&lang=en');
    assert.match(await caption(), /: all 6, the first three channels in red, green and blue\. /);
  });
});

/** Where the section ends and the next begins, from the top of the page. @param {Page} page */
const endOf = (page) =>
  page.evaluate(() => Number(document.querySelector('#layer')?.getBoundingClientRect().top) + scrollY);

test('a refused network keeps the picture of the kernel that was asked for, and the page its height', async () => {
  await withPage({}, async (page) => {
    await open(page, 'kind=conv&depth=7&batch=8');
    const end = await endOf(page);
    await show(page, 'kind=conv&depth=7&channels=512&size=64&batch=64');
    assert.ok(await page.isVisible('.seen.stale'));
    assert.match(await text(page, '#counting'), /computed from 5 × 5 × 512 = 12,800 inputs/);
    assert.equal(await endOf(page), end);
  });
});

test('of a head, which has no kernel, the last convolution is shown, and nothing moves', async () => {
  for (const width of [1440, 390]) {
    await withPage({ width, height: 844 }, async (page) => {
      await open(page, 'kind=conv&depth=3&batch=2&head=sigmoid&layer=2');
      assert.match(await text(page, '#counting h3'), /^Layer 2: kernel \(5, 5, 8, 8\) and its fans/);
      const end = await endOf(page);
      await page.fill('#layer-number', '3');
      await drawn(page, { layer: 3 });
      assert.match(
        await text(page, '#counting h3'),
        /^Layer 2: .*; the output layer \(layer 3\) is dense and has no kernel/,
      );
      assert.match(await text(page, '.places .A figcaption'), /by position, layer 2\./);
      assert.match(await text(page, '.maps .A figcaption'), /Activations of A, layer 2,/);
      assert.equal(await endOf(page), end, `${width}`);
    });
  }
});

test('however many channels there are, the section keeps its height', async () => {
  await withPage({}, async (page) => {
    await open(page, 'kind=conv&depth=2&batch=2&size=16&channels=1&layer=2');
    const end = await endOf(page);
    for (const channels of [3, 8, 40]) {
      await page.fill('#channels', String(channels));
      await drawn(page);
      const count = channels > 32 ? `32 of ${channels}` : `all ${channels} `;
      assert.ok((await text(page, '.maps .B figcaption')).includes(count), count);
      assert.equal(await endOf(page), end, `${channels}`);
    }
  });
});

test('feature maps are each on a scale of their own, which is told: from paper to ink where none is negative', async () => {
  await withPage({}, async (page) => {
    await open(page, 'kind=conv&depth=4&batch=2&input=leaves&layer=4&b=normal&valueB=2');
    const [a, b] = await Promise.all(['A', 'B'].map((letter) => text(page, `.maps .${letter} figcaption`)));
    for (const words of [a, b]) assert.match(words, /all 8 channels\. Background colour: 0\. Text colour: \S.*\.$/);
    assert.notEqual(a.split('Background')[1], b.split('Background')[1]);
    for (const letter of ['A', 'B']) assert.ok((await coloursOf(page, `.maps .${letter} canvas`)) > 20, letter);
    await page.selectOption('#activation', 'tanh');
    await drawn(page);
    assert.match(await text(page, '.maps .A figcaption'), /Halfway/);
  });
});

test('a dense layer that sees images: their side is set, not the inputs, and its weights are named as such', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=2&width=8&batch=2&size=8&input=leaves');
    assert.match(await text(page, '.kernels .B figcaption'), /all 8/);
    assert.equal(await text(page, '.kernels .A h3'), 'Weights of units of A, first layer, as images');
    await unfold(page, '#heads');
    assert.deepEqual([await page.isVisible('#size'), await page.isVisible('#inputs')], [true, false]);
    await page.selectOption('#input', 'normal');
    assert.deepEqual([await page.isVisible('#size'), await page.isVisible('#inputs')], [false, true]);
  });
});

/** Chooses a file with this name and these bytes as the picture. @param {Page} page @param {string} name @param {Buffer} buffer */
const choose = (page, name, buffer) => page.setInputFiles('#picture', { name, mimeType: 'image/png', buffer });

/** A PNG painted by the page: a bar on a background. @param {Page} page @param {string} bar its colour @param {string} ground */
async function pngOf(page, bar = 'navy', ground = 'gold') {
  const url = await page.evaluate(
    (colours) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 90, height: 60 });
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      context.fillStyle = colours[1];
      context.fillRect(0, 0, 90, 60);
      context.fillStyle = colours[0];
      context.fillRect(40, 0, 10, 60);
      return canvas.toDataURL('image/png');
    },
    [bar, ground],
  );
  return Buffer.from(url.split(',')[1], 'base64');
}

test('an image of the reader’s own goes in and is sent nowhere; what is none is refused, and nothing else changes', async () => {
  await withPage({}, async (page) => {
    await open(page, 'kind=conv&depth=2&batch=2&size=16');
    /** @type {string[]} */
    const requests = [];
    page.on('request', (request) => requests.push(`${request.method()} ${request.url().replace(/.*\//, '')}`));
    const before = await page.evaluate(() => [location.hash, document.getElementById('sheet')?.dataset.request]);
    const bad = /** @type {[string, Buffer, RegExp][]} */ ([
      [
        'notes.png',
        Buffer.from('not an image at all, but long enough to be read'),
        /“notes\.png” is not an image that this page reads/,
      ],
      ['<img src=x onerror=alert(1)>.png', Buffer.alloc(0), /“<img src=x onerror=alert\(1\)>\.png” is empty/],
      ['cut.png', (await pngOf(page)).subarray(0, 60), /“cut\.png” could not be decoded/],
      ['flat.png', await pngOf(page, 'black', 'black'), /“flat\.png” has one brightness only/],
    ]);
    page.on('dialog', () => assert.fail('a script of a file’s name ran'));
    for (const [name, bytes, sentence] of bad) {
      await choose(page, name, bytes);
      await page.waitForFunction(
        (source) => new RegExp(source).test(String(document.getElementById('note')?.textContent)),
        sentence.source,
      );
      const after = await page.evaluate(() => [location.hash, document.getElementById('sheet')?.dataset.request]);
      assert.deepEqual(after, before, name);
      assert.equal(await text(page, '#picture-note'), await text(page, '#note'), 'beside the file, too');
    }
    await choose(page, 'cross.png', await pngOf(page));
    const taken = '“cross.png” is now the input. It never leaves this page.';
    for (const note of ['#note', '#picture-note']) await page.waitForSelector(`${note}:text-is("${taken}")`);
    await drawn(page);
    assert.equal(await page.getAttribute('.example canvas', 'width'), '16');
    assert.ok((await coloursOf(page, '.example canvas')) > 2);
    assert.deepEqual(requests, ['GET image.js'], 'the part of the page that reads files; the file goes nowhere');
    await page.selectOption('#pixels', 'raw', { force: true });
    assert.equal(await text(page, '#picture-note'), '', 'what comes after it is not of the picture');
  });
});

test('what draws images loads with the first images, and is asked for again where it could not be loaded', async () => {
  await withPage({ expected: /./ }, async (page) => {
    /** @type {string[]} */
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.route('**/images.js', (route) => route.abort());
    await open(page, 'depth=2&width=16');
    assert.deepEqual(
      requests.filter((url) => url.endsWith('images.js')),
      [],
    );
    await show(page, 'kind=conv&depth=2');
    assert.match(await text(page, '#note'), /^The pictures of kernels and images could not be loaded/);
    await page.unroute('**/images.js');
    await open(page, 'kind=conv&depth=3&layer=1');
    assert.match(await text(page, '#counting'), /Each output is computed from 5 × 5 × 3 = 75 inputs\./);
  });
});

test('an address that names a picture it cannot hold says so', async () => {
  await withPage({}, async (page) => {
    await show(page, 'kind=conv&depth=2&batch=2&input=own');
    assert.match(await text(page, '#verdictA .sentence'), /The image is not part of the link\./);
  });
});

test('a layer of 480,000 inputs runs in the browser, tells how far it is, and can be left', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=1&width=4');
    const large = 'depth=1&width=1000&inputs=480000&batch=8&activation=linear';
    await go(page, large);
    await page.waitForFunction(() =>
      /% of the next/.test(String(document.querySelector('#verdictA .progress')?.textContent)),
    );
    await open(page, 'depth=2&width=8');
    await open(page, large);
    await drawn(page, { width: 1000 });
    assert.match(await text(page, '#verdictA'), /the signal is 1\.4[0-3] times the input/);
  });
});

test('a kernel that finds no room on its image has no picture, and comes back with the room', async () => {
  await withPage({}, async (page) => {
    await show(page, 'kind=conv&depth=3&batch=2&size=8&kernel=11&padding=valid');
    assert.equal(await text(page, '#verdictA .word'), 'Not computed');
    assert.equal(await page.isVisible('#counting'), false);
    await open(page, 'kind=conv&depth=3&batch=2&size=8&kernel=3&padding=valid');
    await page.click('#counting button');
    assert.match(await text(page, '#counting'), /the output is \d/);
  });
});

test('the kernel is counted where nothing could be run, and beside a head', async () => {
  await withPage({}, async (page) => {
    await show(page, 'kind=conv&depth=7&channels=512&size=64&batch=64&layer=2');
    assert.equal(await text(page, '#verdictA .word'), 'Not computed');
    assert.match(await text(page, '#counting h3'), /\(5, 5, 512, 512\)/);
    assert.match(await text(page, '#verdictA'), /a batch of 64 needs [\d,]+\sMiB/);
    await open(page, 'kind=conv&depth=4&batch=2&head=sigmoid&layer=4');
    assert.match(await text(page, '#counting h3'), /^Layer 3: /);
    assert.match(await text(page, '.places .A figcaption'), /layer 3\. /);
  });
});
