/**
 * page.js: the sentences that JavaScript writes, in Russian: theory, captions, labels, notes. They are functions of
 * numbers and names, and know nothing of the document. Not here: verdicts (verdicts.js), formulas (formula.js), figures
 * (figures.js), and fixed texts (document.js).
 */
import { called, callsOf } from '../called.js';
import { choiceWords } from './choices.js';
import { exact, fixed, number, percent, share } from './numbers.js';
import { plural, pluralOf } from './plural.js';

/** @import { Agreement } from '../../reading/agreement.js' */
/** @import { Summary } from '../../engine/engine.js' */
/** @import { Ignored } from '../../state/state.js' */
/** @import { Call } from '../called.js' */

/** In the genitive. @param {number} layers */
const ofLayers = (layers) => `${layers} ${pluralOf(layers, 'слоя', 'слоёв')}`;

/** Where theory does not apply, by the distribution of the weights. @type {Record<string, string>} */
const WITHOUT_THEORY = {
  constant: 'постоянным весам',
  identity: 'единичной матрице',
  orthogonal: 'ортогональным весам при ширине меньше 64',
  'uniform-positive': 'весам с ненулевым средним',
  'cut-spiked': 'весам с ненулевым средним',
  border: 'таким маленьким изображениям: дополнение повлияло на все точки',
};

/** In the prepositional and genitive. @param {Agreement} a @param {Call} call */
const outsideText = ({ from, to, whole, compared, within }, call) => {
  if (from === to) return `в слое ${call(from)}`;
  return whole
    ? `в слоях с ${call(from)} по ${call(to)}`
    : `в ${compared - within} из ${ofLayers(compared)} начиная с ${call(from)}`;
};

/** In the prepositional and genitive. @param {Agreement} a that agrees */
const insideText = ({ within, compared, total }) => {
  if (compared === 1) return 'в единственном слое, где она применима';
  const covered = 2 * compared < total ? ', где она применима' : '';
  return `${within === compared ? `во всех слоях (${compared})` : `в ${within} из ${ofLayers(compared)}`}${covered}`;
};

/** Why theory leaves layers out. @param {Agreement} a */
const leftOutText = ({ bordered, narrow }) =>
  (narrow > 0 ? `; ещё для ${ofLayers(narrow)} такой ширины у неё нет полосы` : '') +
  (bordered > 0 ? `; ещё в ${bordered} ${pluralOf(bordered, 'слое', 'слоях')} дополнение повлияло на все точки` : '');

/** The sentence for each kind of agreement. @type {Record<string, (a: Agreement, call: Call) => string>} */
const AGREEMENTS = {
  agrees: (a) => `Как предсказывает теория, ${insideText(a)}${leftOutText(a)}.`,
  more: (a, call) => `Меньше, чем предсказывает теория: предактивации ниже её полосы ${outsideText(a, call)}.`,
  less: (a, call) => `Больше, чем предсказывает теория: предактивации выше её полосы ${outsideText(a, call)}.`,
  apart: (a, call) => `Не так, как предсказывает теория: предактивации вне её полосы ${outsideText(a, call)}.`,
  absent: ({ why }) => `Теория среднего поля неприменима к ${WITHOUT_THEORY[why] ?? 'таким весам'}.`,
  bandless: () => 'Для таких весов у теории нет полосы.',
  narrow: () => 'Для таких узких и глубоких сетей у теории нет полосы.',
  died: ({ died, chance }, call) =>
    `Сигнал умер: начиная со слоя ${call(died)} все активации равны 0. При такой ширине вероятность этого — ` +
    `${share(chance)} для одного входа и не больше для целого батча.`,
  incomparable: () => 'С теорией нечего сравнить: ни в одном слое нет конечного ненулевого сигнала.',
};

/** The sentence on the backward pass; none if nothing can be compared. @type {typeof AGREEMENTS} */
const AGREEMENTS_BACK = {
  agrees: (a) => ` На обратном проходе — как предсказано, ${insideText(a)}.`,
  more: (a, call) => ` На обратном проходе — ниже полосы ${outsideText(a, call)}.`,
  less: (a, call) => ` На обратном проходе — выше полосы ${outsideText(a, call)}.`,
  apart: (a, call) => ` На обратном проходе — вне полосы ${outsideText(a, call)}.`,
  narrow: () => ' На обратном проходе при такой ширине полосы нет.',
};

/** @param {Agreement} forward @param {Agreement} backward
 * @param {string[] | null} [names] of the layers, where they have names of their own */
export function agreementWords(forward, backward, names = null) {
  const call = callsOf(names);
  const both = forward.kind === 'agrees' && backward.kind === 'agrees';
  if (both && insideText(forward) === insideText(backward))
    return `Как предсказывает теория, ${insideText(forward)}, на прямом и обратном проходе${leftOutText(forward)}.`;
  if (forward.kind === 'narrow' && backward.kind === 'narrow') return AGREEMENTS.narrow(forward, call);
  return AGREEMENTS[forward.kind](forward, call) + (AGREEMENTS_BACK[backward.kind]?.(backward, call) ?? '');
}

/** The longest piece of the reader's own text that is shown, and the most such pieces. */
const LONGEST = 24;
const MOST = 3;

/** @param {string} text */
const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** What is used where a number is left out, if it is no scheme's. @type {Record<string, string>} */
const OWN = {
  inputs: 'столько же, сколько нейронов в слое',
  mean: 'своё у этого входа',
  std: 'своё у этого входа',
  branch: 'значение блока',
};

/** Why a value has no effect, if no scheme takes it. @type {Record<string, string>} */
const UNUSED = {
  changeB: 'строки слоёв нет',
  mean: 'у этого входа среднее не задаётся',
  std: 'у этого входа ст. откл. не задаётся',
};

/** @type {Record<Ignored['reason'], (item: Ignored) => string>} */
const REASONS = {
  unknown: ({ key }) => short(key),
  repeated: ({ key, text }) => `повтор ${short(`${key}=${text}`)}`,
  bad: ({ key, text, used }) =>
    `${short(`${key}=${text}`)} (взято ${used === 'null' ? (OWN[key] ?? 'значение схемы') : used})`,
  unused: ({ key, text }) => `${short(`${key}=${text}`)} (${UNUSED[key] ?? 'схеме число не нужно'})`,
  range: ({ key, text, used }) => `${short(`${key}=${text}`)} (взято ${used})`,
};

/** One line about the parts of an address that were ignored. @param {Ignored[]} ignored */
export function ignoredWords(ignored) {
  if (ignored.length === 0) return '';
  const pieces = ignored.slice(0, MOST).map((item) => REASONS[item.reason](item));
  const more = ignored.length - pieces.length;
  return `Пропущено в адресе: ${pieces.join(', ')}${more > 0 ? ` и ещё ${more}` : ''}.`;
}

/** What a slider's number counts or measures. @type {Record<string, (value: number, name?: string) => string>} */
const VALUES = {
  depth: (value) => `${value} ${plural(value, 'слой', 'слоя', 'слоёв')}`,
  width: (value) => `${value} ${plural(value, 'нейрон', 'нейрона', 'нейронов')} в слое`,
  kernel: (value) => `ядро ${value} на ${value}`,
  channels: (value) => `${value} ${plural(value, 'канал', 'канала', 'каналов')}`,
  size: (value) => `изображения ${value} на ${value}`,
  batch: (value) => `${value} ${plural(value, 'вход', 'входа', 'входов')}`,
  bias: (value) => `стандартное отклонение ${exact(value)}`,
  layer: (value, name) => `слой ${called(value, name)}`,
};

/** @param {string} key of a row; the others are gains @param {number} value @param {string} [name] of a layer */
export const valueWords = (key, value, name) => VALUES[key]?.(value, name) ?? `усиление ${exact(value)}`;

/** @param {Summary} tensor @param {number} layer @param {{ below: number, above: number }} outside @param {string} [name] */
export function ridgeCaption({ zeros, nonFinite, size }, layer, { below, above }, name) {
  const parts = [];
  if (zeros > 0) parts.push(`${percent(zeros)} в точности равны 0 и не показаны`);
  if (below + above > 0) parts.push(`${percent(below + above)} лежат вне рамки`);
  if (nonFinite > 0) parts.push(`${percent(nonFinite / size)} не конечны`);
  return `Слой ${called(layer, name)}: ${parts.join('; ') || 'все значения лежат в рамке'}.`;
}

/** With a capital. @param {string} name of a tensor */
const title = (name) => choiceWords(name).replace(/^./, (letter) => letter.toUpperCase());

/** @param {string} name of a tensor @param {number} chosen @param {(Summary | undefined)[]} here of A and B
 * @param {string} [layer] name of the layer */
const stdLabel = (name, chosen, here, layer) =>
  `${title(name)}, слой ${called(chosen, layer)}: стандартное отклонение ${here
    .map((tensor, i) => `${'AB'[i]} ${tensor ? number(tensor.std) : '–'}`)
    .join(', ')}`;

/** @param {string} what @param {import('../../charts/curves.js').Curve[]} curves @param {number} chosen
 * @param {string} [name] of the layer */
const curvesLabel = (what, curves, chosen, name) =>
  `${what}. Слой ${called(chosen, name)}: ${curves
    .map(({ label, measured }) => `${label} ${number(measured[chosen] ?? Number.NaN)}`)
    .join(', ')}`;

/** What the charts show, in words. */
export const LABELS = {
  rms: (/** @type {string[]} */ verdicts) =>
    `Среднеквадратичное значение по глубине. ${verdicts.map((text, i) => `${'AB'[i]}: ${text}`).join(' ')}`,
  curves: curvesLabel,
  histogram: stdLabel,
};

/** @param {boolean} backward whether the tensor comes from the backward pass */
export const ridgeHow = (backward) =>
  'Чтобы выбрать слой, щёлкните по гистограмме или точке либо нажимайте стрелки. Гистограммы сглажены, точные нули в ' +
  `них не входят. Высоту задаёт ${backward ? 'последний' : 'первый'} слой, более высокие гистограммы ужаты до неё. ` +
  'Треугольники: вне рамки больше 1\u00a0% значений.';

/** @param {string[]} without the letters of the networks that have none
 * @param {number[]} counts how many values the weights of A and of B can take; 0: all of their format */
export const weightsCaption = (without, counts) =>
  'Плотность весов. Тонкие линии — плотность по схеме' +
  (without.length === 0 ? '.' : without.length === 2 ? ' (для этих её нет).' : ` (для ${without[0]} её нет).`) +
  counts.map((count, i) => (count > 0 ? ` Веса ${'AB'[i]}\u00a0— всего ${count} разных значений.` : '')).join('');

/** @param {(number | null)[]} cut the peaks of A and B, where they lie above the frame */
export const cutWords = (cut) =>
  cut.map((peak, i) => (peak === null ? '' : ` Пик ${'AB'[i]}\u00a0— ${number(peak)}, выше рамки.`)).join('');

/** The mean loss over the batch, beside the loss of guessing at random. @param {number} loss
 * @param {number} classes */
export const lossWords = (loss, classes) =>
  `потери ${loss < 100 ? fixed(loss, 3) : number(loss)} (при угадывании ${fixed(Math.log(classes), 3)})`;

/** Gains that have a short exact form. @type {[number, string][]} */
const EXACT = [
  [Math.SQRT2, '√2'],
  [5 / 3, '5/3'],
];

/**
 * A preset of the gain: its value and what it is for.
 * @param {string[]} names own, pytorch, forward or backward
 * @param {number | null} value null: calculate_gain has none
 */
function gainWords(names, value) {
  if (value === null) return 'PyTorch: нет';
  const keeps = [names.includes('forward') && 'сигнал', names.includes('backward') && 'градиент'].filter(Boolean);
  const whose = [
    names.includes('own') && 'исходное для схемы',
    names.includes('pytorch') && 'PyTorch',
    keeps.length > 0 && `сохраняет ${keeps.join(' и ')}`,
  ].filter(Boolean);
  const root = EXACT.find(([size]) => Math.abs(size - value) < 1e-4)?.[1];
  return `${root ? `${root} = ` : ''}${exact(value)}: ${whose.join('; ')}`;
}

/** @param {number} share of the next layer that is done */
const shareText = (share) => (share > 0 ? `, ${percent(share)} следующего` : '');

export const WORDS = {
  anyLength: 'любое',
  layerTitle: (/** @type {number} */ layer, /** @type {number} */ depth, name = '') =>
    `Слой ${layer} из ${depth}${name && `: ${name}`}`,
  layer: (/** @type {number} */ layer, name = '') => `слой ${called(layer, name)}`,
  inputLayer: 'вход',
  outputLayer: 'выход',
  noWeights: 'У этого слоя нет весов.',
  tensor: (/** @type {string} */ name) => title(name),
  detail: (/** @type {string} */ name) => `${title(name)} сетей A и B`,
  detailCaption: 'Плотности без точных нулей. Ось у A и B общая.',
  forward: (/** @type {number} */ layers, /** @type {number} */ depth, /** @type {number} */ share) =>
    `${layers} из ${ofLayers(depth)}${shareText(share)}`,
  coarse: (/** @type {number} */ first, /** @type {number} */ batch) => `входов: ${first} из ${batch}`,
  backward: (/** @type {number} */ layers, /** @type {number} */ depth, /** @type {number} */ share) =>
    `обратный проход: ${layers} из ${depth}${shareText(share)}`,
  working: { word: 'Вычисление', cautions: '', sentence: 'Вычисляется первый слой.', advice: '' },
  picture: (/** @type {string} */ name) => `Теперь на входе «${short(name)}». Файл не покидает эту страницу.`,
  failed: 'Не вычислено',
  wholePage: 'Initscope: вся страница',
  notShared: (/** @type {string} */ message) => `Поделиться не удалось: ${message}`,
  layerColumn: 'слой',
  stdColumn: 'ст. откл.',
  gain: gainWords,
  noSimd:
    'Программе Initscope нужен WebAssembly с SIMD, а в этом браузере его нет. Он есть в Chrome и Edge с версии 91, ' +
    'в Firefox с версии 113 и в Safari с версии 16.4.',
  noImages: (/** @type {string} */ message) => `Не удалось загрузить чтение изображений: ${message}`,
  noPictures: (/** @type {string} */ message) => `Не удалось загрузить рисунки ядер и изображений: ${message}`,
  noPart: (/** @type {string} */ message) => `Не удалось загрузить часть страницы: ${message}`,
  noStack: (/** @type {string} */ message) => `Не удалось загрузить редактор слоёв: ${message}`,
  noGlossary: (/** @type {string} */ message) => `Не удалось загрузить словарь: ${message}`,
  noTraining: (/** @type {string} */ message) => `Не удалось загрузить обучение: ${message}`,
  noLessons: (/** @type {string} */ message) => `Не удалось загрузить уроки: ${message}`,
  notSpoken: (/** @type {string} */ message) => `Не удалось загрузить этот язык: ${message}`,
  noStart: (/** @type {string} */ message) => `Вычисления не запустились: ${message}`,
  notDrawn: (/** @type {number} */ layer, name = '') => `Слой ${called(layer, name)} ещё не вычислен.`,
};
