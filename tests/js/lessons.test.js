/*
 * Every lesson's claim, measured. The engine runs each lesson at its own seed, and the answer must lie within the
 * tolerance that the page shows. A claim about the mean over draws is measured over many draws. Lessons that train are
 * measured in lessons-training.test.js; lessons on the page are in tests/page/lessons.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { paintImages } from '../../web/engine/images.js';
import { lsuv } from '../../web/engine/lsuv.js';
import { checkSpec } from '../../web/engine/spec.js';
import { formatStack, parseStack, replaceLayer } from '../../web/engine/stack.js';
import { agrees, LESSONS, measure } from '../../web/lessons/lessons.js';
import { lineOf, offBy } from '../../web/lessons/line.js';
import * as english from '../../web/locales/en/choices.js';
import { LESSONS_TEXTS as ENGLISH } from '../../web/locales/en/lessons.js';
import * as russian from '../../web/locales/ru/choices.js';
import { LESSONS_TEXTS as RUSSIAN } from '../../web/locales/ru/lessons.js';
import { STATES } from '../../web/state/lesson-states.js';
import { imagesOf, specOf } from '../../web/state/networks.js';
import { useReader } from '../../web/state/stacks.js';
import { defaults, format, LETTERS, parse, stateOfLesson } from '../../web/state/state.js';

useReader({ parseStack, replaceLayer });
const engine = await loadEngine();

/** Both networks of a state, as the workers run them. @param {any} state @returns {any} */
function networksOf(state) {
  const images = imagesOf(state);
  return Object.fromEntries(
    LETTERS.map((letter) => {
      const given = { ...specOf(state, letter), ...(images && { input: paintImages(images) }) };
      const { spec, tries } = state[`tune${letter}`] === 'lsuv' ? lsuv(engine, given) : { spec: given, tries: [] };
      const { input, layers } = engine.run(spec);
      return [letter, { input, layers: layers.map((layer, i) => ({ ...layer, tries: tries[i] })) }];
    }),
  );
}

/** Lessons whose networks do not train. */
const UNTRAINED = LESSONS.filter(({ steps }) => steps === undefined);

for (const lesson of UNTRAINED) {
  const { id, checks } = lesson;
  test(`${id}: ${ENGLISH[id].checks.map((name, i) => `${name} ${checks[i].expected}`).join('; ')}`, (t) => {
    const networks = networksOf(stateOfLesson(id));
    for (const [i, check] of checks.entries()) {
      const measured = check.measured(networks);
      const said = `${ENGLISH[id].checks[i]}: ${measured}, to be ${check.expected} ${JSON.stringify(check.tolerance)}`;
      t.diagnostic(said);
      assert.ok(agrees(check, measured), said);
    }
  });
}

/** How many weights A has. @param {any} state */
const weightsOf = (state) =>
  checkSpec(engine, specOf(state, 'A')).layers.reduce((sum, { rows, out }) => sum + rows * out.channels, 0);

/* A claim about a single network has a tolerance of three standard deviations. So it holds for nearly every seed, not only
 * for the lesson's. Images and slow lessons are left out. */
test('the claims hold for any draw: over eight more seeds, at most one check in thirty is off', () => {
  const quick = UNTRAINED.filter(({ id }) => {
    const state = stateOfLesson(id);
    return state.kind === 'dense' && weightsOf(state) < 5.5e6;
  });
  let [count, off] = [0, 0];
  for (const { id, checks } of quick) {
    for (let seed = 2; seed < 10; seed++) {
      const networks = networksOf({ ...stateOfLesson(id), seed });
      for (const check of checks) {
        count++;
        if (!agrees(check, check.measured(networks))) off++;
      }
    }
  }
  assert.ok(count > 300);
  assert.ok(off / count <= 1 / 30, `${off} of ${count}`);
});

/* ln(M / M_0) is a sum of 30 independent terms x, each with E e^x = 1 and E e^2x = 1 + 5 / 100. So it is nearly normal,
 * with variance s^2 = 30 ln 1.05 = 1.46 and mean -s^2 / 2 = -0.73. M falls short of its mean in Phi(s / 2) = 0.73 of the
 * draws. The tolerances are three standard errors of 300 draws, 0.21 and 0.077. The mean gets 0.15 more, because the terms
 * are not normal: their exact mean is that of the log of a chi-square, -0.88 in all. */
test('lesson "typical": three networks in four keep less than the mean, and the median is far below it', (t) => {
  const { eachDraw = () => Number.NaN } = LESSONS.find(({ id }) => id === 'typical') ?? {};
  const kept = Array.from({ length: 300 }, (_, i) => {
    const { input, layers } = engine.run({
      ...specOf({ ...stateOfLesson('typical'), seed: i + 1 }, 'A'),
      backward: false,
    });
    return eachDraw(/** @type {any} */ ({ A: { input, layers } }));
  });
  const logs = kept.map(Math.log);
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const short = kept.filter((value) => value < 1).length / kept.length;
  t.diagnostic(`mean of the log ${mean.toFixed(3)}, below the mean ${short.toFixed(3)}`);
  assert.ok(Math.abs(mean + 0.73) < 0.21 + 0.15);
  assert.ok(Math.abs(short - 0.73) < 0.077 + 0.05);
});

/* The rms of one network of A has a std of sqrt((5 + 4 x 8) / 2048) / 2 = 6.7 %: four standard errors of 12 draws. */
test('lesson "bfloat16": over twelve draws, 26 % of the signal are left on average', (t) => {
  const left = Array.from({ length: 12 }, (_, i) => {
    const spec = { ...specOf({ ...stateOfLesson('bfloat16'), seed: i + 1 }, 'A'), backward: false };
    return engine.run({ ...spec, observe: ['activations'] }).layers[4].activations.rms;
  });
  const mean = left.reduce((sum, rms) => sum + rms, 0) / left.length;
  t.diagnostic(`${mean.toFixed(3)}; ${Math.min(...left).toFixed(3)} to ${Math.max(...left).toFixed(3)}`);
  assert.ok(Math.abs(mean / 0.2597 - 1) < (4 * 0.067) / Math.sqrt(12));
});

/** Rules that are named after people. */
const NAMED = /\b(Xavier|He|LeCun)\b/;

test('a lesson that names rules names those of both networks as the page labels them', () => {
  let named = 0;
  for (const [texts, { networkWords }] of /** @type {[typeof ENGLISH, typeof english][]} */ ([
    [ENGLISH, english],
    [RUSSIAN, russian],
  ])) {
    for (const { id } of LESSONS) {
      const said = `${texts[id].title} ${texts[id].text}`;
      if (!NAMED.test(said)) continue;
      named++;
      for (const letter of LETTERS) {
        const [rule] = NAMED.exec(networkWords(stateOfLesson(id), letter)) ?? [''];
        assert.ok(said.includes(rule), `${id}: ${letter} is labelled ${rule}: ${said}`);
      }
    }
  }
  assert.ok(named > 20);
});

test('whatever the reader changes in a lesson, each of its checks measures a number, or nothing', () => {
  const all = [
    { depth: 1 },
    { depth: 2, width: 3, batch: 1 },
    { tuneB: 'none', depth: 3 },
    { loss: 'random', depth: 2 },
  ];
  for (const { id, checks } of LESSONS) {
    const own = stateOfLesson(id);
    const lines = own.stack ? [{ stack: '4-3' }, { stack: '' }] : [];
    for (const changes of [...(own.stack ? [] : all), ...lines]) {
      const networks = networksOf({ ...own, width: 16, inputs: null, ...changes });
      for (const check of checks) {
        const measured = measure(check, networks);
        assert.equal(typeof measured, 'number');
        if (Number.isNaN(measured)) assert.equal(agrees(check, measured), false);
      }
    }
  }
});

test('every lesson has a state, a question whose answer is among its choices, and words in both languages', () => {
  assert.deepEqual(new Set(LESSONS.map(({ id }) => id)), new Set(Object.keys(STATES)));
  for (const { id, checks, answer, sketch } of LESSONS) {
    for (const texts of [ENGLISH, RUSSIAN]) {
      const { title, text, question, choices, explanation, source, tolerance, ...rest } = texts[id];
      for (const words of [title, text, question, explanation, source, tolerance]) assert.ok(words?.length > 3, id);
      assert.equal(rest.checks.length, checks.length, id);
      assert.equal(sketch === undefined, choices !== undefined, id);
      if (choices) assert.ok(Number(answer) < choices.length && new Set(choices).size === choices.length, id);
    }
  }
  assert.deepEqual(Object.keys(ENGLISH), Object.keys(RUSSIAN));
});

test('a lesson’s address is its name, followed by what the reader changed', () => {
  for (const id of Object.keys(STATES)) {
    assert.equal(format(stateOfLesson(id)), `lesson=${id}`);
    assert.deepEqual(parse(`lesson=${id}`), { state: stateOfLesson(id), ignored: [] });
    const changed = { ...stateOfLesson(id), depth: 3, theme: 'dark' };
    assert.equal(format(changed), `lesson=${id}&depth=3&theme=dark`);
    assert.deepEqual(parse(`depth=3&lesson=${id}&theme=dark`).state, changed);
  }
});

test('a line of layers in a lesson is written as the editor writes it, which would otherwise change the state', () => {
  const lines = Object.values(STATES).flatMap(({ stack }) => (stack ? [String(stack)] : []));
  assert.ok(lines.length > 5);
  for (const line of lines) assert.equal(formatStack(parseStack(line)), line);
});

test('a lesson’s number is dropped with its scheme, and the reader can clear it', () => {
  const { state } = parse('lesson=tune&a=he-normal');
  assert.equal(state.valueA, null);
  assert.equal(parse('lesson=tune&a=uniform').state.valueA, null);
  assert.equal(parse('lesson=tune').state.valueA, 0.2);
  const own = { ...stateOfLesson('tune'), valueA: null };
  assert.equal(format(own), 'lesson=tune&valueA=');
  assert.deepEqual(parse(format(own)), { state: own, ignored: [] });
  assert.deepEqual(
    parse('lesson=tune&depth=x').ignored.map(({ reason, used }) => [reason, used]),
    [['bad', '20']],
  );
});

test('a lesson leaves language and theme as they are', () => {
  const page = { ...defaults(), lang: 'ru', theme: 'dark', depth: 3 };
  const { lang, theme, depth } = stateOfLesson('he-30', page);
  assert.deepEqual({ lang, theme, depth }, { lang: 'ru', theme: 'dark', depth: 30 });
});

test('a sketched line is straight between points and flat after the last', () => {
  const line = lineOf(new Map([[2, -2], [4, -3]]), 6); // biome-ignore format: points
  assert.deepEqual(line, [0, -1, -2, -2.5, -3, -3, -3]);
  assert.deepEqual(lineOf(new Map(), 3), [0, 0, 0, 0]);
});

test('the error of a sketch is the typical factor between it and the measured curve', () => {
  assert.equal(offBy([0, -1, -2], [1, 0.1, 0.01]), 1);
  assert.ok(Math.abs(offBy([0, 0, 0], [5, 10, 0.1]) - 10) < 1e-9); // the input itself does not count
  assert.ok(Number.isFinite(offBy([0, 0, 0], [1, 0, Number.NaN])));
});
