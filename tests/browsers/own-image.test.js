/*
 * The reader's own image becomes the same numbers in every engine: a large PNG, reduced, and a JPEG that its camera turned.
 * The PNG has the averages over areas, computed here. The README says what is not the same.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { ADDRESS, testInAll } from './page.js';

const [WIDTH, HEIGHT] = [700, 500];

/** The sides that it has after it was reduced. */
const [REDUCED_WIDTH, REDUCED_HEIGHT] = [256, 183];

/** A colour of the image, from 0 to 255. @param {number} x @param {number} y @param {number} c channel */
const valueAt = (x, y, c) => (x * (3 + c) + y * (5 - c) + ((x * y) >> 3)) % 256;

/** @param {string} kind @param {Buffer} content */
function chunk(kind, content) {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
  const [length, check] = [content.length, crc(body)].map((value) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  });
  return Buffer.concat([length, body, check]);
}

/** The checksum of PNG, bit by bit (ISO 3309). @param {Buffer} bytes */
function crc(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return (rest ^ 0xffffffff) >>> 0;
}

/** The image as a PNG. */
function makePng() {
  const rows = Buffer.alloc(HEIGHT * (1 + 3 * WIDTH)); // each row begins with a 0: no filter
  for (let y = 0; y < HEIGHT; y++) {
    for (let i = 0; i < 3 * WIDTH; i++) rows[y * (1 + 3 * WIDTH) + 1 + i] = valueAt(Math.floor(i / 3), y, i % 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2], 8); // 8 bits, RGB
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]);
}

/** How much of each pixel of a side lies in a cell. @param {number} cell @param {number} length of a cell */
function* overlaps(cell, length) {
  for (let i = Math.floor(cell * length); i < (cell + 1) * length; i++) {
    yield { i, share: Math.min(i + 1, (cell + 1) * length) - Math.max(i, cell * length) };
  }
}

/** The average of the image over a cell of the reduced one. @param {number} x @param {number} y @param {number} c */
function averageAt(x, y, c) {
  let [sum, area] = [0, 0];
  for (const { i: row, share: high } of overlaps(y, HEIGHT / REDUCED_HEIGHT)) {
    for (const { i: column, share: wide } of overlaps(x, WIDTH / REDUCED_WIDTH)) {
      if (column >= WIDTH || row >= HEIGHT) continue;
      sum += high * wide * valueAt(column, row, c);
      area += high * wide;
    }
  }
  return sum / area;
}

/** Reads a file as the page does. @param {import('./page.js').Page} page @param {string} name @param {Buffer} bytes */
async function read(page, name, bytes) {
  await page.goto(`${ADDRESS}elsewhere.html`);
  return page.evaluate(
    async ([file, base64]) => {
      const script = document.createElement('script');
      script.src = 'image.js';
      const loaded = new Promise((resolve) => script.addEventListener('load', resolve));
      document.head.append(script);
      await loaded;
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const { readPicture } = /** @type {any} */ (globalThis).initscope.image;
      const { width, height, pixels } = await readPicture(new File([content], file));
      return { width, height, pixels: /** @type {number[]} */ ([...pixels]) };
    },
    [name, bytes.toString('base64')],
  );
}

testInAll('a large PNG is reduced to the averages over areas', async (page) => {
  const { width, height, pixels } = await read(page, 'large.png', makePng());
  assert.deepEqual([width, height], [REDUCED_WIDTH, REDUCED_HEIGHT]);
  let worst = 0;
  for (let y = 0; y < height; y += 7) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++)
        worst = Math.max(worst, Math.abs(pixels[4 * (y * width + x) + c] - averageAt(x, y, c)));
    }
  }
  assert.ok(worst < 0.5 + 1e-9, `${worst} from the average, of 255`); // the average is rounded
});

testInAll('a JPEG is turned as its camera says, and has the pixels that libjpeg-turbo gives it', async (page) => {
  const { width, height, pixels } = await read(page, 'a.jpg', readFileSync(new URL('turned.jpg', import.meta.url)));
  assert.deepEqual([width, height], [120, 200]);
  const hash = createHash('sha256').update(JSON.stringify(pixels)).digest('hex');
  assert.match(hash, /^f92f5f1197fc/);
});
