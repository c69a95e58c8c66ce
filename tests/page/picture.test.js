/*
 * The reader's own image file, in Chromium. A picture is read; any other file is refused with data that says why, before
 * decoding if the header is enough. The files are made here, as bytes or by a canvas of the page. Headers are also tested
 * in tests/js/parsing.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { FILE_REFUSED } from '../../web/locales/en/file-refusals.js';
import { withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('../../web/page/image-file.js', import.meta.url))],
  bundle: true,
  write: false,
  format: 'iife',
  globalName: 'picture',
});

/**
 * Opens a page that holds the module as `picture`, counts decodings and may make no requests.
 * @param {(page: Page) => Promise<void>} body
 */
const withModule = (body) =>
  withPage({}, async (page) => {
    /** @type {string[]} */
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.addScriptTag({ content: outputFiles[0].text });
    await page.evaluate(() => {
      const all = /** @type {any} */ (globalThis);
      const decode = createImageBitmap;
      all.decoded = 0;
      all.createImageBitmap = (/** @type {Blob} */ blob) => {
        all.decoded++;
        return decode(blob);
      };
    });
    await body(page);
    assert.deepEqual(requests, [], 'nothing is asked for or sent');
  });

/**
 * @typedef {{ why: any, decoded: number, opened: number, name: string, width: number, height: number,
 *   pixels: number[] }} Answer opened: how often the file's bytes were read
 */

/**
 * Reads a file of these bytes, padded with zeros to a length.
 * @param {Page} page @param {string} name @param {ArrayLike<number>} bytes @param {number} [length]
 * @returns {Promise<Answer>}
 */
const read = (page, name, bytes, length = bytes.length) =>
  page.evaluate(
    async ([name, base64, length]) => {
      const all = /** @type {any} */ (globalThis);
      const bytes = new Uint8Array(Number(length));
      bytes.set(Uint8Array.from(atob(String(base64)), (letter) => letter.charCodeAt(0)));
      const file = new File([bytes], String(name));
      let opened = 0;
      file.arrayBuffer = () => {
        opened++;
        return File.prototype.arrayBuffer.call(file);
      };
      all.decoded = 0;
      const answer = await all.picture.readPicture(file).then(
        (/** @type {any} */ found) => ({ ...found, why: null, pixels: [...found.pixels] }),
        (/** @type {Error} */ error) => ({ why: all.picture.whyNoPicture(error) }),
      );
      return { ...answer, decoded: all.decoded, opened };
    },
    [name, Buffer.from(bytes).toString('base64'), length],
  );

/**
 * The file of a canvas with a red left half, a blue right half, and a transparent lowest quarter.
 * @param {Page} page @param {string} type @param {number} width @param {number} height
 */
async function made(page, type, width, height) {
  const base64 = await page.evaluate(
    ([type, width, height]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      for (const [i, colour] of ['#f00', '#00f'].entries()) {
        context.fillStyle = colour;
        context.fillRect((i * Number(width)) / 2, 0, Number(width) / 2, Number(height) * 0.75);
      }
      return canvas.toDataURL(String(type), 1).split(',')[1];
    },
    [type, width, height],
  );
  return Buffer.from(base64, 'base64');
}

/** @param {Answer} answer @param {number} x @param {number} y */
const pixel = ({ width, pixels }, x, y) => pixels.slice(4 * (y * width + x), 4 * (y * width + x) + 4);

/** @param {number[]} found @param {number[]} wanted @param {number} slack */
const near = (found, wanted, slack) =>
  assert.ok(
    found.every((value, i) => Math.abs(value - wanted[i]) <= slack),
    `${found} is not ${wanted}`,
  );

/** The refusal of a file. @param {string} code @param {string} value its name @param {object | null} range */
const refused = (code, value, range) => /** @type {any} */ ({ code, field: 'file', value, range });

/** @param {string} text */
const ascii = (text) => [...Buffer.from(text, 'latin1')];

/** Big-endian. @param {number} value @param {number} bytes */
const big = (value, bytes) => Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** (bytes - 1 - i)) % 256);

/** Little-endian. @param {number} value @param {number} bytes */
const little = (value, bytes) => big(value, bytes).reverse();

/** @param {string} kind @param {number[]} content */
const box = (kind, content) => [...big(8 + content.length, 4), ...ascii(kind), ...content];

/** The header of each kind of file, of any size. @type {Record<string, (width: number, height: number) => number[]>} */
const HEADERS = {
  PNG: (w, h) => [0x89, ...ascii('PNG\r\n\x1a\n'), ...big(13, 4), ...ascii('IHDR'), ...big(w, 4), ...big(h, 4), 8, 2],
  JPEG: (w, h) => [
    ...[0xff, 0xd8, 0xff, 0xe0, ...big(16, 2), ...ascii('JFIF\0'), ...Array(9).fill(0)],
    ...[0xff, 0xc4, ...big(4, 2), 0, 0], // a table; its marker lies among those of frames
    ...[0xff, 0xff, 0xc2, ...big(17, 2), 8, ...big(h, 2), ...big(w, 2), 3],
  ],
  GIF: (w, h) => [...ascii('GIF89a'), ...little(w, 2), ...little(h, 2), 0, 0, 0, 0x2c, ...Array(9).fill(0)],
  'GIF whose frame is larger than its screen': (w, h) => [
    ...[...ascii('GIF89a'), 1, 0, 1, 0, 0x80, 0, 0, ...Array(6).fill(9)],
    ...[0x21, 0xf9, 4, 1, 2, 3, 4, 0],
    ...[0x2c, 0, 0, 0, 0, ...little(w, 2), ...little(h, 2), 0],
  ],
  'WebP, extended': (w, h) => [
    ...[...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBPVP8X'), 10, 0, 0, 0, 0, 0, 0, 0],
    ...[...little(w - 1, 3), ...little(h - 1, 3)],
  ],
  'WebP, lossless': (w, h) => [
    ...[...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBPVP8L'), 9, 0, 0, 0, 0x2f],
    ...little(w - 1 + (h - 1) * 2 ** 14, 4),
  ],
  'WebP, lossy': (w, h) => [
    ...[...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBPVP8 '), 9, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a],
    ...[...little(w, 2), ...little(h, 2)],
  ],
  BMP: (w, h) => [...ascii('BM'), ...Array(12).fill(0), ...little(40, 4), ...little(w, 4), ...little(2 ** 32 - h, 4)],
  AVIF: (w, h) => {
    const sizes = [
      ...box('ispe', [0, 0, 0, 0, ...big(w, 4), ...big(h, 4)]),
      ...box('ispe', [0, 0, 0, 0, ...big(64, 4), ...big(64, 4)]),
    ];
    const meta = [0, 0, 0, 0, ...box('hdlr', Array(24).fill(0)), ...box('iprp', box('ipco', sizes))];
    return [...box('ftyp', ascii('avif\0\0\0\0mif1')), ...box('meta', meta)];
  },
};

/** The largest side that each kind of file can state. @type {Record<string, number>} */
const LIMITS = { 'WebP, lossless': 16384, 'WebP, lossy': 16383 };

test('a PNG and a JPEG and a WebP of a canvas are read, reduced to 256, with white where they are clear', async () => {
  await withModule(async (page) => {
    for (const [type, clear] of /** @type {[string, number[]][]} */ ([
      ['image/png', [255, 255, 255, 255]],
      ['image/webp', [255, 255, 255, 255]],
      ['image/jpeg', [0, 0, 0, 255]], // the canvas's own black: the file has no transparency
    ])) {
      const answer = await read(page, 'mine.dat', await made(page, type, 1200, 800));
      assert.equal(answer.why, null);
      assert.deepEqual([answer.name, answer.width, answer.height], ['mine.dat', 256, 171]);
      assert.equal(answer.pixels.length, 4 * 256 * 171);
      near(pixel(answer, 40, 60), [255, 0, 0, 255], 3);
      near(pixel(answer, 220, 60), [0, 0, 255, 255], 3);
      near(pixel(answer, 128, 160), clear, 3);
    }
    const small = await read(page, 'small.png', await made(page, 'image/png', 40, 24));
    assert.deepEqual([small.width, small.height], [40, 24], 'a small one is not enlarged');
    const thin = await read(page, 'thin.png', await made(page, 'image/png', 8192, 2));
    assert.deepEqual([thin.width, thin.height], [256, 1]);
  });
});

test('fine stripes are averaged, not picked', async () => {
  await withModule(async (page) => {
    const stripes = await page.evaluate(() => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 2000, height: 1000 });
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      for (let x = 0; x < 2000; x += 2) context.fillRect(x, 0, 1, 1000);
      return canvas.toDataURL('image/png').split(',')[1];
    });
    const answer = await read(page, 'stripes.png', Buffer.from(stripes, 'base64'));
    for (const x of [0, 50, 101, 255]) near(pixel(answer, x, 60), [128, 128, 128, 255], 12);
  });
});

test('a GIF that moves is its first frame, and a BMP is read', async () => {
  await withModule(async (page) => {
    /* two frames of one pixel, red and blue: colour tables of two, data of LZW code size 2 */
    const frame = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0];
    const gif = [...ascii('GIF89a'), 1, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 255];
    gif.push(...frame, 2, 2, 0x44, 1, 0, ...frame, 2, 2, 0x4c, 1, 0, 0x3b);
    const moving = await read(page, 'moving.gif', gif);
    assert.deepEqual([moving.why, moving.pixels], [null, [255, 0, 0, 255]]);
    const bmp = [...ascii('BM'), ...little(58, 4), 0, 0, 0, 0, ...little(54, 4), ...little(40, 4), ...little(1, 4)];
    bmp.push(...little(1, 4), 1, 0, 24, 0, ...Array(24).fill(0), 30, 20, 10, 0);
    const dot = await read(page, 'dot.bmp', bmp);
    assert.deepEqual([dot.why, dot.pixels], [null, [10, 20, 30, 255]]);
  });
});

test('a header that claims a vast size is refused before anything is decoded, whatever its kind', async () => {
  await withModule(async (page) => {
    for (const [kind, header] of Object.entries(HEADERS)) {
      const side = LIMITS[kind] ?? 30000;
      const long = await read(page, 'bomb', header(side, side - 1), 200);
      assert.deepEqual(long.why, refused('fileLong', 'bomb', { size: [side, side - 1], most: 8192 }), kind);
      const large = await read(page, 'bomb', header(8000, 4001), 200);
      assert.deepEqual(large.why, refused('fileLarge', 'bomb', { size: [8000, 4001], most: 32e6 }), kind);
      const fair = await read(page, 'bomb', header(8000, 4000), 200); // up to the decoder, which forgives some damage
      assert.ok(fair.why === null || fair.why.code === 'fileBroken', kind);
      assert.deepEqual([long.decoded, large.decoded, fair.decoded], [0, 0, 1], kind);
    }
  });
});

test('what is no picture is refused by the code that says why, and a file that is too large unread', async () => {
  await withModule(async (page) => {
    const png = await made(page, 'image/png', 300, 200);
    const torn = Buffer.from(png);
    torn.fill(0x55, 40);
    const kinds = ['PNG', 'JPEG', 'GIF', 'WebP', 'BMP', 'AVIF'];
    const broken = refused('fileBroken', 'a.png', { kind: 'PNG' });
    const unknown = refused('fileUnknown', 'a.png', { kinds });
    /** @type {[what: string, name: string, bytes: ArrayLike<number>, why: ReturnType<typeof refused>, length?: number][]} */
    const cases = [
      ['torn data', 'a.png', torn, broken],
      ['a header cut short', 'a.png', png.subarray(0, 20), broken],
      ['a text', 'a.png', ascii('Dear reader'), unknown],
      ['one byte', 'a.png', [0x89], unknown],
      ['a text that begins like a BMP', 'a.png', ascii('BMs are missiles, and long ago'), unknown],
      [
        'SVG',
        'a.png',
        ascii('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
        refused('fileForeign', 'a.png', { kind: 'SVG', kinds }),
      ],
      [
        'HEIC',
        'a.jpg',
        box('ftyp', ascii('heic\0\0\0\0mif1')),
        refused('fileForeign', 'a.jpg', { kind: 'HEIC', kinds }),
      ],
      ['nothing', 'a.png', [], refused('fileEmpty', 'a.png', null)],
      ['no width', 'a.png', HEADERS.PNG(0, 5), refused('fileSizeless', 'a.png', null)],
      ['21 MB', 'a.png', png, refused('fileHeavy', 'a.png', { bytes: 21e6, most: 20e6 }), 21e6],
      ['a JPEG without a frame', 'a.jpg', [0xff, 0xd8, 0xff, 0xd9], refused('fileBroken', 'a.jpg', { kind: 'JPEG' })],
      ['a long name', 'x'.repeat(300), ascii('text'), refused('fileUnknown', 'x'.repeat(300), { kinds })],
    ];
    for (const [what, name, bytes, why, length] of cases) {
      const answer = await read(page, name, bytes, length);
      assert.deepEqual(answer.why, why, what);
      assert.match(
        /** @type {any} */ (FILE_REFUSED)[answer.why.code](answer.why),
        new RegExp(`^“${name.slice(0, 40)}(…)?” `),
        what,
      );
      assert.equal(answer.opened, what === 'nothing' || what === '21 MB' ? 0 : 1, what);
      assert.equal(answer.decoded, what === 'torn data' ? 1 : 0, what);
    }
  });
});

test('a file that is gone by the time it is read is told so', async () => {
  await withModule(async (page) => {
    const why = await page.evaluate(() => {
      const file = new File(['text'], 'gone.png');
      file.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
      const { readPicture, whyNoPicture } = /** @type {any} */ (globalThis).picture;
      return readPicture(file).catch(whyNoPicture);
    });
    assert.deepEqual(why, refused('fileUnread', 'gone.png', null));
  });
});
