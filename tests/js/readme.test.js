/**
 * readme.test.js: the README is true. Its example runs and shows what it promises, and every file and folder that it names
 * exists, and sizes are those of the built files. Its other sentences are not tested here.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { checkSpec } from '../../web/engine/spec.js';
import { parseStack } from '../../web/engine/stack.js';
import { LESSONS } from '../../web/lessons/lessons.js';
import { engine } from './arbitrary.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const README = readFileSync(`${ROOT}README.md`, 'utf8');

test('the example in the README runs, and its first lines show that Xavier fades and He does not', () => {
  const [, example] = README.match(/```js\n(.*?)```/s) ?? [];
  const lines = execFileSync('node', ['--input-type=module', '-'], { cwd: ROOT, input: example, encoding: 'utf8' });
  const [xavier, he, own] = lines.split('\n').map((line) => line.split(' '));
  assert.equal(xavier[0], 'xavier-normal');
  assert.equal(he[0], 'he-normal');
  assert.equal(xavier.length, 21);
  // ReLU is homogeneous and both networks have the same noise, so layer 20 differs by sqrt(1/2)^20 = 2^-10. Each std is
  // printed with two digits, so it lies within 5 % of its value, and the ratio within 10 %.
  assert.ok(Math.abs(Number(xavier[20]) / Number(he[20]) / 2 ** -10 - 1) < 0.1);
  assert.equal(own.length, 4);
  // a loss below a tenth of that of guessing, ln 10
  const [step, loss] = lines.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  assert.ok(step === 300 && loss < 0.23, lines);
});

/** The layers that an option of the README belongs to; others are of every dense layer. @type {[RegExp, string][]} */
const KIND_OF = [
  [/^(k5|5x5|stride|padding|groups|same|valid)/, 'conv8'],
  [/^output/, 'convT8'],
  [/^epsilon/, 'layernorm'],
  [/^(stream=|branch=|trains)/, 'conv4-add1'],
  [/^slope/, 'prelu'],
];

test('each line in the README is a network that the engine takes', () => {
  const [, section] = README.match(/\n## A network in one line\n(.*?)\n## /s) ?? [];
  const [, block, words] = section.match(/```\n(.*?)```(.*)/s) ?? [];
  const lines = block.trim().split('\n');
  assert.equal(lines.length, 6);
  for (const line of lines) assert.ok(checkSpec(engine, { layers: parseStack(line) }), line);
  // each piece in the text is one of a line
  const pieces = [...words.matchAll(/`([\w.:*=()-]+|k5 s2 p1 g4)`/g)].map(([, piece]) => piece);
  const options = pieces.filter((piece) =>
    /^[a-z-]+=|^(tanh|he-normal|same|valid|variance-as-std|k5.*|5x5)$/.test(piece),
  );
  assert.ok(options.length > 14);
  for (const piece of options) {
    const kind = KIND_OF.find(([pattern]) => pattern.test(piece))?.[1] ?? '8';
    assert.ok(parseStack(`8x8x4-conv4-${kind}:${piece}`), piece);
  }
});

test('every file and folder that the README names exists', () => {
  const paths = [...README.matchAll(/`((?:c|web|tests|findings)\/[\w./-]*)`|\]\(((?!http|#)[^)]+)\)/g)];
  assert.ok(paths.length > 10);
  for (const path of paths.map(([, code, link]) => code ?? link)) assert.ok(existsSync(ROOT + path), path);
});

test('the README says how many lessons there are, and how many of them train', () => {
  const [, all, trained] = README.match(/opens (\d+) lessons: .*? in (\d+) of them the networks train/s) ?? [];
  assert.deepEqual([all, trained].map(Number), [LESSONS.length, LESSONS.filter(({ steps }) => steps).length]);
});

/* Sizes differ a little from one version of Emscripten to another. */
test('the sizes in the README are those of the built files, within 3 %', () => {
  const measured = (/** @type {string[]} */ ...paths) =>
    paths.reduce((sum, path) => sum + gzipSync(readFileSync(ROOT + path), { level: 9 }).length, 0);
  const [, small, full] = README.match(/(\d+) of (\d+) kB gzipped/) ?? [];
  const [, first] = README.match(/loads at\s+first\s+is\s+(\d+)\s+kB\s+gzipped/) ?? [];
  for (const [said, bytes] of /** @type {[string, number][]} */ ([
    [small, measured('build/small.wasm')],
    [full, measured('dist/initscope.wasm')],
    [first, measured('dist/index.html', 'dist/initscope.css', 'dist/initscope.js')],
  ])) {
    assert.ok(Math.abs((1000 * Number(said)) / bytes - 1) < 0.03, `${said} kB, measured ${bytes} bytes`);
  }
});
