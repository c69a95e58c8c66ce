/*
 * English and Russian say the same. Neither lacks a text that the other has, and every text of the page has its Russian.
 * Numbers are written as each language writes them, and words take the right forms beside them. The page in a browser is
 * in tests/page/languages.test.js.
 */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import * as englishGlossary from '../../web/locales/en/glossary.js';
import * as englishLessons from '../../web/locales/en/lessons.js';
import * as englishShare from '../../web/locales/en/share.js';
import * as russian from '../../web/locales/ru/index.js';
import { plural, pluralOf, timesWords } from '../../web/locales/ru/plural.js';
import { speak } from '../../web/locales/words.js';
import { languageOf } from '../../web/page/language.js';
import { callWords } from '../../web/reading/calls.js';
import { FIGURES } from '../../web/reading/figures.js';
import { biasWords, formulaWords } from '../../web/reading/formula.js';
import { speakFormulas } from '../../web/reading/formula-words.js';
import { SCHEME_GROUPS, SCHEMES } from '../../web/state/choices.js';
import { specOf } from '../../web/state/networks.js';
import { defaults, SCHEMA } from '../../web/state/state.js';
import * as english from './english.js';
import { foreign } from './russian.js';
import { SAYINGS, said, withoutCode } from './sayings.js';

const engine = await loadEngine();

/** Both languages. Either may replace the other; the types check this too. @type {[string, any][]} */
const LANGUAGES = [
  ['en', { ...english, ...englishLessons, ...englishShare, ...englishGlossary }],
  [
    'ru',
    /** @satisfies {typeof english & typeof englishLessons & typeof englishShare & typeof englishGlossary} */ (russian),
  ],
];

/** Paths of all texts of a language; for a function, with the number of its arguments.
 * @param {any} words @param {string} path @returns {string[]} */
function shapeOf(words, path = '') {
  if (typeof words === 'function') return [`${path}(${words.length})`];
  if (typeof words !== 'object' || words === null) return [path];
  return Object.keys(words)
    .filter((key) => `${path}${key}` !== 'DOCUMENT' && key !== 'lang')
    .flatMap((key) => shapeOf(words[key], `${path}${path && '.'}${key}`));
}

test('both languages have the same texts, and their functions take equally many arguments', () => {
  const [en, ru] = LANGUAGES.map(([, words]) => shapeOf(words).sort());
  assert.ok(en.length > 100);
  assert.deepEqual(ru, en);
});

test('every function of a language is called here, and answers in no other language', () => {
  const spoken = shapeOf(english).filter((path) => path.endsWith(')'));
  assert.deepEqual(
    spoken.map((path) => path.replace(/\(\d+\)$/, '')).sort(),
    Object.keys(SAYINGS).sort(),
    'an example for each function',
  );
  let count = 0;
  for (const path of Object.keys(SAYINGS)) {
    for (const text of said(english, path)) assert.doesNotMatch(text, /[а-яё]/i, `${path}: ${text}`);
    for (const text of said(russian, path)) {
      assert.deepEqual(foreign(text), [], `${path}: ${text}`);
      assert.doesNotMatch(text, /undefined|\[object/, path);
      assert.doesNotMatch(withoutCode(text), /\d\.\d/, `${path}: a decimal point in ${text}`);
      count++;
    }
  }
  assert.ok(count > 200);
});

test('after a switch to Russian, formulas and figures are Russian for every scheme', async () => {
  await speak('ru', async () => /** @type {any} */ (russian));
  speakFormulas(russian);
  const { depth, ...state } = { ...defaults(), depth: 2, width: 8, batch: 2, gainA: 1.5, bias: 0.25 };
  const schemes = SCHEMES.map(({ name }) => ({ ...state, depth, a: name, takenA: 'variance' }));
  const kernels = ['pytorch', 'true'].map((fansA) => ({ ...state, depth, kind: 'conv', size: 8, fansA }));
  const biases = ['zeros', 'pytorch-default'].map((biasA) => ({ ...state, depth, biasA }));
  const { libraries } = engine;
  for (const asked of [...schemes, ...kernels, ...biases]) {
    const [layer] = engine.run({ ...specOf(asked, 'A'), backward: true }).layers;
    const lines = [...formulaWords(/** @type {any} */ (layer), depth), ...biasWords(/** @type {any} */ (layer))];
    assert.ok(lines.length > 0);
    const figures = Object.values(FIGURES).map((text) => text(/** @type {any} */ (layer)));
    for (const text of [...lines, ...figures]) {
      assert.deepEqual(foreign(text), [], text);
      assert.doesNotMatch(text, /\d\.\d/, text);
    }
    assert.doesNotMatch(callWords(/** @type {any} */ (layer), libraries), /weights only/);
  }
  await speak('en', () => Promise.reject(new Error('English is always there')));
  speakFormulas({});
});

/** The texts in a tree of words. @param {any} words @returns {string[]} */
const textsOf = (words) =>
  typeof words === 'string' ? [words] : typeof words === 'object' ? Object.values(words).flatMap(textsOf) : [];

test('texts that are not functions are Russian, apart from names', () => {
  // lessons and surprises name papers, libraries and calls; sharing names HTML, keys and rows of the address
  const { LESSONS_TEXTS, LESSON_WORDS, SHARE_WORDS, SURPRISE_TEXTS, ...page } = russian;
  for (const text of textsOf({ ...page, lang: '', DOCUMENT: Object.values(page.DOCUMENT) })) {
    assert.deepEqual(foreign(text), [], text);
  }
  for (const text of textsOf({ LESSONS_TEXTS, LESSON_WORDS, SHARE_WORDS, SURPRISE_TEXTS }))
    assert.ok(!/^[A-Za-z ,.]{12,}$/.test(text), text);
});

test('every choice has a Russian name', () => {
  const names = SCHEMA.flatMap((row) => (row.type === 'choice' ? row.choices.map((name) => [name, row.key]) : []));
  const choices = [...names, ...Object.keys(SCHEME_GROUPS).map((name) => [name, ''])];
  for (const [name, key] of choices) {
    if (['lang', 'kind'].includes(key)) continue; // their names are in the document
    if (/^lesson/.test(key)) continue;
    const latin = foreign(russian.choiceWords(name, key));
    assert.deepEqual(latin, [], `${key} ${name}: translate these words, or allow them in tests/js/russian.js`);
  }
});

test('the named figures are exactly the ones that exist, in both languages', () => {
  for (const [, { FIGURE_NAMES, COLUMN_NAMES }] of LANGUAGES) {
    assert.deepEqual(Object.keys(FIGURE_NAMES), Object.keys(FIGURES));
    for (const key of Object.keys(COLUMN_NAMES)) assert.ok(key in FIGURES, key);
  }
});

/** Symbols and names, which are the same in both languages. */
const THE_SAME = [
  'Initscope',
  '{version}',
  'A',
  'B',
  'EN',
  'RU',
  'EN, English',
  'RU, русский',
  '= dL/d',
  'a',
  'b',
  'z',
  'W',
];

/** The texts and labels of a document, as language.js keeps them. @param {string} html */
function documentTexts(html) {
  const body = html
    .slice(html.indexOf('<body'))
    .replace(/<!--.*?-->|<(noscript|script|style)\b.*?<\/\1>/gs, '')
    .replaceAll('&nbsp;', '\u00a0')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
  const labels = [...body.matchAll(/\s(?:aria-label|title|placeholder)="([^"]*)"/g)].map(([, text]) => text);
  const texts = body.replace(/<[^>]*>/g, '\n\u0000').split('\u0000');
  return [...new Set([...labels, ...texts].map((text) => text.trim().replace(/\s+/g, ' ')))];
}

test('every text and label of the document has its Russian, and Russian has no others', async () => {
  const texts = documentTexts(await readFile(new URL('../../web/index.html', import.meta.url), 'utf8'));
  const worded = texts.filter((text) => /[A-Za-z]/.test(text) && !THE_SAME.includes(text));
  assert.ok(worded.length > 80);
  assert.deepEqual(
    worded.filter((text) => !(text in russian.DOCUMENT)),
    [],
    'without Russian',
  );
  assert.deepEqual(
    Object.keys(russian.DOCUMENT).filter((text) => !worded.includes(text)),
    [],
    'in the document no more',
  );
});

test('Russian numbers have a comma, groups of three and a space before %, as Intl writes them', () => {
  const { number, plain, percent, exact, fixed, count } = russian;
  const intl = (/** @type {number} */ value, /** @type {Intl.NumberFormatOptions} */ options) =>
    new Intl.NumberFormat('ru', options).format(value);
  for (const value of [0.00123, 0.0457, 0.5, 1.5, 12.3, 123])
    assert.equal(number(value), intl(value, { minimumSignificantDigits: 3, maximumSignificantDigits: 3 }));
  for (const share of [0, 0.07, 0.5, 1]) {
    const digits = share > 0 && share < 0.1 ? 1 : 0;
    assert.equal(percent(share), intl(share, { style: 'percent', minimumFractionDigits: digits }));
  }
  assert.equal(percent(1e-7), '<\u202f0,001\u00a0%');
  assert.equal(percent(0.0009), '0,09\u00a0%');
  assert.equal(number(-1.5e-12), '−1,50\u202f×\u202f10⁻¹²');
  assert.equal(plain(2.5), '2,5');
  assert.equal(plain(100), '100');
  assert.equal(plain(1.5e5), '1,5\u202f×\u202f10⁵');
  assert.equal(plain(2e5), '2\u202f×\u202f10⁵');
  assert.equal(exact(-0.8796), '−0,8796');
  assert.equal(exact(480000), '480\u202f000');
  assert.equal(exact(12345.678), '12\u202f345,678');
  assert.equal(fixed(2.5, 3), '2,500');
  assert.deepEqual([9999, 12800, 1234567].map(count), ['9999', '12\u202f800', '1\u202f234\u202f567']);
});

test('Russian words take the right form after 1, 2, 5, 11, 21, 22 and fractions', () => {
  const counts = [0, 1, 2, 4, 5, 11, 12, 14, 20, 21, 22, 25, 101, 111, 1.5];
  const layers = counts.map((value) => plural(value, 'слой', 'слоя', 'слоёв'));
  const forms = 'слоёв слой слоя слоя слоёв слоёв слоёв слоёв слоёв слой слоя слоёв слой слоёв слоя';
  assert.deepEqual(layers, forms.split(' '));
  assert.deepEqual(
    [1, 2, 5, 11, 21, 22].map((value) => pluralOf(value, 'слоя', 'слоёв')),
    ['слоя', 'слоёв', 'слоёв', 'слоёв', 'слоя', 'слоёв'],
  );
});

test('Russian plurals follow the grammar for 0 to 130, for fractions and for large numbers', () => {
  const whole = Array.from({ length: 131 }, (_, value) => value);
  const large = [999, 1000, 1001, 1002, 1011, 1021, 1112, 12345, 1e6, 1e6 + 1, 1e9 + 3, 2 ** 32 - 1];
  for (const value of [...whole, ...large]) {
    const teen = value % 100 > 10 && value % 100 < 20;
    const [one, few] = [!teen && value % 10 === 1, !teen && value % 10 > 1 && value % 10 < 5];
    assert.equal(plural(value, 'раз', 'раза', 'раз.'), one ? 'раз' : few ? 'раза' : 'раз.', String(value));
    assert.equal(pluralOf(value, 'слоя', 'слоёв'), one ? 'слоя' : 'слоёв', String(value));
  }
  for (const value of [0.5, 1.5, 2.25, 11.5, 101.5, 1e5 + 0.5]) {
    assert.equal(plural(value, 'раз', 'раза', 'раз.'), 'раза', String(value));
    assert.equal(pluralOf(value, 'слоя', 'слоёв'), 'слоя', String(value));
  }
});

test('the word after a factor takes the form of the number as written', () => {
  /** @type {[number, string][]} */
  const cases = [
    [1, 'в 1,00 раза'],
    [1.5, 'в 1,50 раза'],
    [21, 'в 21,0 раза'],
    [99.94, 'в 99,9 раза'],
    [99.96, 'в 100 раз'],
    [101.3, 'в 101 раз'],
    [102.4, 'в 102 раза'],
    [111.6, 'в 112 раз'],
    [128.7, 'в 129 раз'],
    [133, 'в 133 раза'],
    [1234, 'в 1234 раза'],
    [9990, 'в 9990 раз'],
    [129123, 'в 1,29 × 10⁵ раз'],
    [Infinity, 'в ∞ раз'],
  ];
  for (const [value, text] of cases) assert.equal(timesWords(value).replaceAll('\u202f', ' '), text);
  assert.equal(russian.LESSON_WORDS.offBy(129), 'Ваша линия отличается в среднем в 129 раз.');
});

/** Everything that a language says: sentences, texts of the document, lessons. @param {any} words @param {string[]} more */
const everything = (words, more) => [
  // apart from sizes of images, whose pixels are written without groups: 10000 × 20
  ...Object.keys(SAYINGS).flatMap((path) => (path.startsWith('PICTURE_WORDS') ? [] : said(words, path))),
  ...textsOf({ ...words, lang: '' }),
  ...more,
];

test('each language has one notation: × multiplies, and whole numbers from 10,000 on are in groups', async () => {
  const html = await readFile(new URL('../../web/index.html', import.meta.url), 'utf8');
  const { DOCUMENT, ...spokenRussian } = russian;
  const texts = {
    en: everything({ ...english, ...englishLessons, ...englishShare, ...englishGlossary }, documentTexts(html)),
    ru: everything(spokenRussian, Object.values(DOCUMENT)),
  };
  for (const [lang, all] of Object.entries(texts)) {
    assert.ok(all.length > 1000);
    for (const text of all) {
      assert.doesNotMatch(withoutCode(text), /[·∙]|\d ?[*xх] ?\d|\de[+-]?\d/, `${lang}: ${text}`);
      assert.doesNotMatch(text.replace(/0[.,]\d+/g, ''), /\d{5}/, `${lang}: no groups in ${text}`);
    }
  }
  for (const text of texts.en) assert.doesNotMatch(text, /\d[ \u00a0\u202f]+%|\d[ \u00a0\u202f]\d{3}\b/, text);
  for (const text of texts.ru) assert.doesNotMatch(text, /\d[ \u202f]?%|\d[ \u00a0]\d{3}(?!\d)/, text);
});

test('Russian names of papers and defaults contain no eq., sec., table, et al. or default', () => {
  const papers = engine.schemes.map(({ paper }) => paper);
  assert.ok(papers.filter((paper) => /eq\.|sec\.|table/.test(paper)).length > 5);
  for (const paper of papers) {
    assert.doesNotMatch(russian.paperWords(paper), /\bHe\b|eq\.|sec\.|table|et al|&| and | after /, paper);
    assert.equal(english.paperWords(paper), paper);
  }
  assert.equal(russian.paperWords('He et al. 2015, eq. 15, a = 0.25'), 'Хе и др. 2015, формула 15, a = 0,25');
  assert.equal(russian.paperWords('Radford et al. 2019, sec. 2.3'), 'Radford и др. 2019, раздел 2.3');
  for (const { call } of engine.libraries) assert.doesNotMatch(russian.libraryWords(call), / default/, call);
  for (const { source } of Object.values(russian.LESSONS_TEXTS))
    assert.doesNotMatch(source, /\beq|\bsec|et al|&/, source);
});

test('no line of Russian begins with a dash before a number, and He has one name, which does not read as a word', async () => {
  for (const file of await readdir('web/locales/ru')) {
    const text = await readFile(`web/locales/ru/${file}`, 'utf8');
    assert.doesNotMatch(text, / — (\$\{|[0-9±√])/, file);
    assert.doesNotMatch(text, /'[^'\n]*\bHe\b/, file);
  }
});

test('words in Russian sentences agree with their counts', () => {
  /** @param {number} channelsIn @param {number} channelsOut @param {number} [stride]
   * @returns {import('../../web/charts/images/patch.js').KernelShape} */
  const shape = (channelsIn, channelsOut, stride = 1) => ({
    kernel: [1, 1],
    channelsIn,
    channelsOut,
    groups: 1,
    size: [8, 8],
    stride,
    padding: 'same',
    ...engine.fans({ kind: 'conv', kernel: [1, 1], channelsIn, channelsOut }),
  });
  const into = [1, 2, 5, 11, 21, 22].map((count) => russian.fanInWords(shape(count, 1)).sentence);
  assert.deepEqual(into, [
    'На каждый выход приходится 1 × 1 × 1 = 1 вход.',
    'На каждый выход приходится 1 × 1 × 2 = 2 входа.',
    'На каждый выход приходится 1 × 1 × 5 = 5 входов.',
    'На каждый выход приходится 1 × 1 × 11 = 11 входов.',
    'На каждый выход приходится 1 × 1 × 21 = 21 вход.',
    'На каждый выход приходится 1 × 1 × 22 = 22 входа.',
  ]);
  assert.match(russian.fanOutWords(shape(1, 6, 2)).sentence, /= 1,5 выхода\./);
  const after = [1, 2, 5, 11, 21, 22].map((depth) => {
    const signal = { level: 2, ratio: 3, layer: depth, left: 3, factor: 2, byChance: false, beyondChance: false };
    const v = {
      word: 'exploding',
      cautions: [],
      advice: { kind: 'larger' },
      depth,
      left: 3,
      factor: 2,
      outcome: { signal },
    };
    return / ?После (\d+ \S+) /.exec(russian.verdictWords(/** @type {any} */ (v)).sentence)?.[1];
  });
  assert.deepEqual(after, ['1 слоя', '2 слоёв', '5 слоёв', '11 слоёв', '21 слоя', '22 слоёв']);
});

test('the language is the chosen one, else the first of the browser’s that the page has, else English', () => {
  assert.equal(languageOf('ru', ['en-US']), 'ru');
  assert.equal(languageOf('auto', ['de-DE', 'ru-RU', 'en']), 'ru');
  assert.equal(languageOf('auto', ['RU']), 'ru');
  assert.equal(languageOf('auto', ['en-GB', 'ru']), 'en');
  assert.equal(languageOf('auto', ['fr', 'run']), 'en');
  assert.equal(languageOf('auto', []), 'en');
});
