/*
 * The page reads two things from outside: an address and the first bytes of a file. Whatever they are, reading them does
 * not throw. An address gives a state within its ranges, and writing and reading that state changes nothing. A file gives
 * a size or null. Work is counted in reads, not in milliseconds. Drawing what was read is tested in tests/page/.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import fc from 'fast-check';
import { ignoredWords } from '../../web/locales/en/ignored.js';
import { FOREIGN, FORMATS, formatOf, sizeOf } from '../../web/page/image-headers.js';
import { format, parse, read, rowIn, rowOf, SCHEMA, SHOWN } from '../../web/state/state.js';
import { SEED } from './arbitrary.js';

/** @param {string} name @param {fc.IProperty<any>} property @param {number} runs */
const holds = (name, property, runs) =>
  test(name, (t) => {
    t.diagnostic(`seed ${SEED}, ${runs} values`);
    fc.assert(property, { seed: SEED, numRuns: runs });
  });

/** @param {import('../../web/state/state.js').State} state */
function checkState(state) {
  assert.deepEqual(
    Object.keys(state),
    SCHEMA.map(({ key }) => key),
  );
  for (const { key } of SCHEMA) {
    const [row, value] = [rowIn(key, state), state[key]];
    if (row.type === 'choice') assert.ok(row.choices.includes(value), key);
    else if (row.type === 'text') assert.ok(value.isWellFormed?.() ?? typeof value === 'string', key);
    else if (row.type === 'list') {
      const names = row.names ?? SHOWN;
      const listed = value === '' || value.split(',').every((/** @type {string} */ name) => names.includes(name));
      assert.ok(listed || value === row.default, key);
    } else if (value === null) assert.equal(rowOf(key).default, null, key);
    else assert.ok(value >= row.min && value <= row.max && (row.type !== 'integer' || Number.isInteger(value)), key);
  }
}

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double().map(String),
  fc.constantFrom(
    '',
    '-0',
    '0x10',
    '1e999',
    '-1e-999',
    '1_000',
    '%',
    '%00',
    '%F0%9F',
    '\u2028',
    '__proto__',
    'toString',
  ),
  fc.constantFrom(
    ...SCHEMA.flatMap((row) =>
      row.type === 'choice'
        ? row.choices
        : row.type === 'list'
          ? ['depth,a', 'a,a,x', 'deltas,bands', 'theory,auto', row.default]
          : row.type === 'text'
            ? ['784-10', '2=20:tanh', '\ud800-']
            : [String(row.max), `${row.min}`],
    ),
  ),
);
const keys = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...SCHEMA.map(({ key }) => key)) },
  fc.constantFrom('__proto__', 'constructor', 'hasOwnProperty', ''),
  fc.string({ unit: 'binary' }),
);
const hashes = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.tuple(keys, texts)).map((parts) => `#${parts.map(([key, text]) => `${key}=${text}`).join('&')}`),
  fc.array(fc.tuple(keys, texts)).map((parts) => new URLSearchParams(parts).toString()),
);

holds(
  'any address gives a state within its ranges, and writing and reading that state changes nothing',
  fc.property(hashes, (hash) => {
    const { state, ignored } = parse(hash);
    checkState(state);
    assert.deepEqual(parse(format(state)), { state, ignored: [] });
    assert.ok(ignoredWords(ignored).length < 500);
  }),
  5000,
);

holds(
  'any typed text gives a row the value that was typed, or a reason why not',
  fc.property(fc.constantFrom(...SCHEMA), texts, (row, text) => {
    const { value, reason } = read(row, text);
    assert.ok(reason !== undefined || String(value) === text || Number(value) === Number(text));
  }),
  3000,
);

/* No clock: a pattern that backtracked over a million characters would need some 10^11 steps. This test would then not
 * end, and only the runner's own timeout bounds that. */
test('an address of a million characters is read to its end', () => {
  const million = 1e6;
  for (const hash of [
    `depth=${'1'.repeat(million)}x`,
    `gainA=${'1'.repeat(million / 2)}.${'1'.repeat(million / 2)}x`,
    `gainA=.${'1'.repeat(million)}e`,
    `seed=${' '.repeat(million)}1x`,
    'depth=3&'.repeat(million / 8),
    '&'.repeat(million),
    `${'%25'.repeat(million / 3)}=1`,
  ]) {
    const { state, ignored } = parse(hash);
    ignoredWords(ignored);
    checkState(state);
  }
});

/** The first bytes of a file of each kind. */
const BEGINNINGS = [
  '\x89PNG\r\n\x1a\n',
  '\xff\xd8\xff',
  'GIF89a',
  'RIFF\0\0\0\0WEBPVP8X',
  'BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0',
  '\0\0\0\x14ftypavif\0\0\0\0',
  '\0\0\0\x08ftyp',
  '<svg ',
];
const files = fc
  .tuple(
    fc.constantFrom('', ...BEGINNINGS),
    fc.array(fc.constantFrom('\0\0\0\0', '\0\0\0\x08meta', '\0\0\0\x01iprp', '\xff\xff', '!\xf9', 'ispe'), {
      maxLength: 20,
    }),
    fc.uint8Array({ maxLength: 300 }),
    fc.nat({ max: 8 }),
  )
  .map(([start, pieces, rest, offset]) => {
    const head = Uint8Array.from(start + pieces.join(''), (sign) => sign.charCodeAt(0));
    const bytes = new Uint8Array(offset + head.length + rest.length);
    bytes.set(head, offset);
    bytes.set(rest, offset + head.length);
    return new DataView(bytes.buffer, offset);
  });

holds(
  'every format finds a size or null in any bytes',
  fc.property(files, (view) => {
    formatOf(FOREIGN, view);
    formatOf(FORMATS, view);
    for (const kind of FORMATS) {
      const size = sizeOf(kind, view);
      assert.ok(size === null || (size.length === 2 && size.every((side) => Number.isInteger(side) && side >= 0)));
    }
  }),
  5000,
);

const READS = /** @type {const} */ (['getUint8', 'getUint16', 'getUint32', 'getInt32']);

/** A view that counts how often it is read: numbers, and requests for its bytes as a whole. @param {ArrayBuffer} buffer */
function countingView(buffer) {
  const view = new DataView(buffer);
  const count = { reads: 0 };
  for (const name of READS) {
    const read = /** @type {(offset: number, littleEndian?: boolean) => number} */ (view[name]);
    view[name] = (/** @type {number} */ offset, /** @type {boolean | undefined} */ littleEndian = false) => {
      count.reads++;
      return read.call(view, offset, littleEndian);
    };
  }
  const get = () => {
    count.reads++;
    return buffer;
  };
  Object.defineProperty(view, 'buffer', { get });
  return { view, count };
}

test('in a file of 20 MB that leads nowhere, no format makes more than two reads a byte', () => {
  const bytes = 20e6;
  /** @type {[start: string, fill: number[]][]} */
  const cases = [
    ['\xff\xd8\xff', [0xff]],
    ['\xff\xd8\xff', [0xff, 0xe0, 0, 0]],
    ['\xff\xd8\xff', [0xff, 0xd0]],
    ['GIF89a\0\0\0\0\0\0\0', [0x21, 0xf9, 0]],
    ['\0\0\0\x10ftypavif\0\0\0\0', [0, 0, 0, 8, 0x66, 0x72, 0x65, 0x65]],
    ['\0\0\0\x10ftypavif\0\0\0\0', [0, 0, 0, 0, 0x69, 0x70, 0x72, 0x70]],
    ['\0\0\0\x10ftypavif\0\0\0\0', [0, 0, 0, 0, 0x6d, 0x65, 0x74, 0x61]],
    ['\0\0\0\x10ftypavif\0\0\0\0', [1, 0x31, 0x2d, 0, 0x69, 0x70, 0x63, 0x6f]],
  ];
  for (const [start, fill] of cases) {
    const array = new Uint8Array(bytes);
    for (let i = 0; i < bytes; i++)
      array[i] = i < start.length ? start.charCodeAt(i) : fill[(i - start.length) % fill.length];
    for (const kind of FORMATS) {
      const { view, count } = countingView(array.buffer);
      sizeOf(kind, view);
      assert.ok(count.reads > 0, `${kind.name} read nothing`);
      assert.ok(count.reads <= 2 * bytes, `${kind.name}, ${JSON.stringify(start)}, ${fill}: ${count.reads} reads`);
    }
  }
});

test('the file field offers exactly the formats that the page can read', async () => {
  const html = await readFile(new URL('../../web/index.html', import.meta.url), 'utf8');
  const [, accept] = /id="picture" accept="([^"]*)"/.exec(html) ?? [];
  assert.deepEqual(
    accept?.split(','),
    FORMATS.map(({ type }) => type),
  );
});
