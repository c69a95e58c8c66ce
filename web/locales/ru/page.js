/*
 * Every text that JavaScript writes, in Russian, but for the formulas (formula.js) and tables (figures.js); what never
 * changes is in document.js. Functions of numbers and names, without any knowledge of the document.
 */
import { choiceWords } from './choices.js';
import { exact, fixed, number, percent } from './numbers.js';
import { plural, pluralOf } from './plural.js';

/** @import { Agreement } from '../../reading/agreement.js' */
/** @import { Summary } from '../../engine/engine.js' */
/** @import { Back, Verdict } from '../../reading/verdict.js' */
/** @import { Ignored } from '../../state/state.js' */

/** In the genitive. @param {number} layers */
const ofLayers = (layers) => `${layers} ${pluralOf(layers, 'слоя', 'слоёв')}`;

/** @param {number} depth */
const afterLayers = (depth) => `после ${ofLayers(depth)}`;

/** @param {number} left */
const leftText = (left) =>
  left > 0 && left < 1e-5
    ? `от него остаётся ${number(left)}`
    : left < 1
      ? `от него остаётся ${percent(left)}`
      : `он равен входному, умноженному на ${number(left)}`;

/** @param {Verdict} v */
const pace = (v, verb = v.factor !== null && v.factor < 1 ? 'затухает' : 'растёт') =>
  `${verb}, за слой умножаясь на ${number(v.factor ?? Number.NaN)}`;

/** The word and the sentence for each kind of verdict. @type {Record<string, [string, (v: Verdict) => string]>} */
const VERDICTS = {
  nothing: ['Ничего не проходит', (v) => `Начиная со слоя ${v.layer} все активации в точности равны 0.`],
  overflow: [
    'Переполнение',
    (v) =>
      (v.factor === null ? '' : `Сигнал ${pace(v)}: `) +
      `${v.factor === null ? 'Н' : 'н'}ачиная со слоя ${v.layer} числа больше наибольшего float.`,
  ],
  symmetric: [
    'Симметрия',
    () => 'Все веса слоя равны: все его нейроны вычисляют одно и то же и учатся одному и тому же.',
  ],
  dead: [
    'Мёртвые нейроны',
    (v) =>
      `${percent(v.share ?? 0)} нейронов последнего слоя равны 0 на всём батче; ` +
      `сигнал ${afterLayers(v.depth)}: ${leftText(v.left)}.`,
  ],
  saturated: [
    'Насыщение',
    (v) => `${percent(v.share ?? 0)} активаций последнего слоя лежат на плоских краях области значений.`,
  ],
  one: ['Один слой', (v) => `Сигнал проходит единственный слой: ${leftText(v.left)}.`],
  vanishing: [
    'Затухание',
    (v) =>
      v.from === undefined
        ? `Сигнал ${pace(v)}: ${afterLayers(v.depth)} ${leftText(v.left)}.`
        : `Сигнал ${pace(v)}, и начиная со слоя ${v.from} в точности равен 0.`,
  ],
  fading: [
    'Медленное затухание',
    (v) => `Сигнал ${pace(v, 'медленно затухает')}: ${afterLayers(v.depth)} ${leftText(v.left)}.`,
  ],
  healthy: [
    'Норма',
    (v) =>
      `Сигнал сохраняется, за слой умножаясь на ${number(v.factor ?? Number.NaN)}: ` +
      `${afterLayers(v.depth)} ${leftText(v.left)}.`,
  ],
  settled: [
    'Норма',
    (v) =>
      `Сигнал устанавливается за ${v.depth} ${plural(v.depth, 'слой', 'слоя', 'слоёв')} ` +
      `на уровне ${percent(v.left)} от входа.`,
  ],
  growing: [
    'Медленный рост',
    (v) => `Сигнал ${pace(v, 'медленно растёт')}: ${afterLayers(v.depth)} ${leftText(v.left)}.`,
  ],
  exploding: ['Взрыв', (v) => `Сигнал ${pace(v)}: ${afterLayers(v.depth)} ${leftText(v.left)}.`],
};

/** What becomes of gradients: the word where the signal is healthy, and the sentence. */
const GRADIENTS = /** @type {Record<Back['kind'], { word: string, verb: string, end: (layer: number) => string }>} */ ({
  vanishing: {
    word: 'Затухание градиентов',
    verb: 'затухают',
    end: (layer) => `со слоя ${layer} и ближе ко входу в точности равны 0`,
  },
  exploding: {
    word: 'Взрыв градиентов',
    verb: 'растут',
    end: (layer) => `переполняются со слоя ${layer} и ближе ко входу`,
  },
});

/** @param {Back} back */
function gradientText({ kind, factor, left, layer }) {
  const { verb, end } = GRADIENTS[kind];
  if (layer !== undefined) return ` Градиенты ${end(layer)}.`;
  const reaches = left < 1e-5 ? number(left) : percent(left);
  return (
    ` Градиенты ${verb}, за слой умножаясь на ${number(factor ?? Number.NaN)}: ` +
    `${left < 1 ? `до слоя 1 доходит ${reaches}` : `у слоя 1 они равны последним, умноженным на ${number(left)}`}.`
  );
}

/** @param {Verdict} v */
function headText({ kind, head }) {
  if (!head) return '';
  const slope = `средний наклон — ${number(head.slope)}`;
  return kind === 'saturated'
    ? ` Их ${slope}.`
    : ` В насыщении ${percent(head.saturated)} выходов головы; её ${slope}.`;
}

/** @param {Verdict} v */
export function verdictWords(v) {
  const [word, sentence] = VERDICTS[v.kind];
  return {
    word: v.back && word === 'Норма' ? GRADIENTS[v.back.kind].word : word,
    sentence: sentence(v) + headText(v) + (v.back ? gradientText(v.back) : ''),
  };
}

/** Where theory does not apply, by the distribution of the weights. @type {Record<string, string>} */
const WITHOUT_THEORY = {
  constant: 'постоянным весам',
  identity: 'единичной матрице',
  orthogonal: 'ортогональным весам при ширине меньше 64',
  'uniform-positive': 'весам с ненулевым средним',
  border: 'таким маленьким изображениям: край сказался всюду',
};

/** In the prepositional and genitive. @param {Agreement} a */
const outsideText = ({ from, to, whole, compared, within }) => {
  if (from === to) return `в слое ${from}`;
  return whole ? `в слоях с ${from} по ${to}` : `в ${compared - within} из ${ofLayers(compared)} начиная с ${from}`;
};

/** Why theory leaves the last layers out. @param {number} bordered */
const borderText = (bordered) =>
  bordered > 0 ? `; ещё в ${bordered} ${pluralOf(bordered, 'слое', 'слоях')} край сказался всюду` : '';

/** The sentence for each kind of agreement. @type {Record<string, (a: Agreement) => string>} */
const AGREEMENTS = {
  agrees: ({ within, compared, bordered }) =>
    compared === 1
      ? 'Теория согласуется с тем единственным слоем, о котором говорит.'
      : `Теория согласуется: предактивации лежат в её полосе в ${within} из ${ofLayers(compared)}${borderText(bordered)}.`,
  more: (a) => `Теория предсказывает больше: предактивации ниже её полосы ${outsideText(a)}.`,
  less: (a) => `Теория предсказывает меньше: предактивации выше её полосы ${outsideText(a)}.`,
  apart: (a) => `Теория расходится: предактивации вне её полосы ${outsideText(a)}.`,
  absent: ({ why }) => `Теория среднего поля не применима к ${WITHOUT_THEORY[why] ?? 'таким весам'}.`,
  bandless: () => 'Для таких весов у теории нет полосы.',
  incomparable: () => 'Теорию не с чем сравнить: нет сигнала, который был бы конечен и больше 0.',
};

/** What follows on it of the way back; nothing where nothing can be compared. @type {typeof AGREEMENTS} */
const AGREEMENTS_BACK = {
  agrees: ({ within, compared }) =>
    compared === 1 ? ' На обратном проходе тоже, в одном слое.' : ` На обратном проходе — в ${within} из ${compared}.`,
  more: (a) => ` На обратном проходе — ниже ${outsideText(a)}.`,
  less: (a) => ` На обратном проходе — выше ${outsideText(a)}.`,
  apart: (a) => ` На обратном проходе — вне полосы ${outsideText(a)}.`,
};

/** @param {Agreement} forward @param {Agreement} backward */
export const agreementWords = (forward, backward) =>
  AGREEMENTS[forward.kind](forward) + (AGREEMENTS_BACK[backward.kind]?.(backward) ?? '');

/** Longest piece of the reader's own text that is shown, and most such pieces. */
const LONGEST = 24;
const MOST = 3;

/** @param {string} text */
const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** @type {Record<Ignored['reason'], (item: Ignored) => string>} */
const REASONS = {
  unknown: ({ key }) => short(key),
  repeated: ({ key, text }) => `повтор ${short(`${key}=${text}`)}`,
  bad: ({ key, text, used }) => `${short(`${key}=${text}`)} (взято ${used === 'null' ? 'значение схемы' : used})`,
  unused: ({ key, text }) => `${short(`${key}=${text}`)} (схеме число не нужно)`,
  range: ({ key, text, used }) => `${short(`${key}=${text}`)} (взято ${used})`,
};

/** One line about what of an address was not taken. @param {Ignored[]} ignored */
export function ignoredWords(ignored) {
  if (ignored.length === 0) return '';
  const pieces = ignored.slice(0, MOST).map((item) => REASONS[item.reason](item));
  const more = ignored.length - pieces.length;
  return `Пропущено в адресе: ${pieces.join(', ')}${more > 0 ? ` и ещё ${more}` : ''}.`;
}

/** What is set by numbers, by the names of its rows. @type {Record<string, string>} */
const ROWS = {
  depth: 'глубина',
  width: 'ширина',
  inputs: 'число входов',
  kernel: 'сторона ядра',
  channels: 'число каналов',
  size: 'сторона изображения',
  headGain: 'усиление головы',
  batch: 'размер батча',
  seed: 'зерно',
  gainA: 'усиление A',
  valueA: 'число схемы A',
  gainB: 'усиление B',
  valueB: 'число схемы B',
  bias: 'σ_b смещений',
  layer: 'слой',
};

/** What a number on a slider is of. @type {Record<string, (value: number) => string>} */
const VALUES = {
  depth: (value) => `${value} ${plural(value, 'слой', 'слоя', 'слоёв')}`,
  width: (value) => `${value} ${plural(value, 'нейрон', 'нейрона', 'нейронов')} в слое`,
  kernel: (value) => `ядро ${value} на ${value}`,
  channels: (value) => `${value} ${plural(value, 'канал', 'канала', 'каналов')}`,
  size: (value) => `изображения ${value} на ${value}`,
  batch: (value) => `${value} ${plural(value, 'вход', 'входа', 'входов')}`,
  bias: (value) => `стандартное отклонение ${exact(value)}`,
  layer: (value) => `слой ${value}`,
};

/** @param {string} key of a row; those that are not here are gains @param {number} value */
export const valueWords = (key, value) => VALUES[key]?.(value) ?? `усиление ${exact(value)}`;

/**
 * @param {import('../../state/state.js').Row} row
 * @param {string | number | null} value what is used instead
 */
export const clampedWords = (row, value) =>
  !('min' in row)
    ? ''
    : `Допустимо от ${exact(row.min)} до ${exact(row.max)} (${ROWS[row.key] ?? row.key}): взято ${exact(value ?? '')}.`;

/** @param {Summary} tensor @param {number} layer @param {{ below: number, above: number }} outside */
export function ridgeCaption({ zeros, nonFinite, size }, layer, { below, above }) {
  const parts = [];
  if (zeros > 0) parts.push(`${percent(zeros)} в точности равны 0 и не показаны`);
  if (below + above > 0) parts.push(`${percent(below + above)} лежат вне рамки`);
  if (nonFinite > 0) parts.push(`${percent(nonFinite / size)} не конечны`);
  return `Слой ${layer}: ${parts.join('; ') || 'все значения лежат в рамке'}.`;
}

/** With a capital. @param {string} name of a tensor */
const title = (name) => choiceWords(name).replace(/^./, (letter) => letter.toUpperCase());

/** @param {string} name of a tensor @param {number} chosen @param {(Summary | undefined)[]} here of A and B */
const stdLabel = (name, chosen, here) =>
  `${title(name)}, слой ${chosen}: стандартное отклонение ${here
    .map((tensor, i) => `${'AB'[i]} ${tensor ? number(tensor.std) : '–'}`)
    .join(', ')}`;

/** @param {string} what @param {import('../../charts/curves.js').Curve[]} curves @param {number} chosen */
const curvesLabel = (what, curves, chosen) =>
  `${what}. Слой ${chosen}: ${curves
    .map(({ label, measured }) => `${label} ${number(measured[chosen] ?? Number.NaN)}`)
    .join(', ')}`;

/** What the charts show, in words. */
export const LABELS = {
  rms: (/** @type {string[]} */ verdicts) =>
    `Среднеквадратичное значение по глубине. ${verdicts.map((text, i) => `${'AB'[i]}: ${text}`).join(' ')}`,
  curves: curvesLabel,
  histogram: stdLabel,
};

/** @param {boolean} backward whether the tensor comes of the way back */
export const ridgeHow = (backward) =>
  'Чтобы выбрать слой, щёлкните по гребню или точке или нажимайте стрелки. Гребни — сглаженные плотности без точных ' +
  `нулей; масштаб задаёт ${backward ? 'последний' : 'первый'} слой, более узкие гребни уменьшены до полной высоты. ` +
  'Треугольники: больше 1\u00a0% значений лежит вне рамки.';

/** @param {string[]} without the letters of the networks that have none */
export const weightsCaption = (without) =>
  'Плотность полученных весов; тонкая линия — плотность, которую обещает схема' +
  (without.length === 0 ? '.' : without.length === 2 ? '; у этих её нет.' : `; у ${without[0]} её нет.`);

/** @param {(number | null)[]} cut how high A and B rise, where that is beyond the frame */
export const cutWords = (cut) =>
  cut.map((peak, i) => (peak === null ? '' : ` ${'AB'[i]} поднимается до ${number(peak)}, выше рамки.`)).join('');

/** Of the mean over the batch, beside what a guess among all classes costs. @param {number} loss
 * @param {number} classes */
export const lossWords = (loss, classes) =>
  `потери ${loss < 100 ? fixed(loss, 3) : number(loss)}; наугад ${fixed(Math.log(classes), 3)}`;

/** Gains that are written as what they are. @type {[number, string][]} */
const EXACT = [
  [Math.SQRT2, '√2'],
  [5 / 3, '5/3'],
];

/**
 * A preset of the gain: what it is, and whose.
 * @param {string[]} names own, pytorch, forward or backward
 * @param {number | null} value null: calculate_gain knows none
 */
function gainWords(names, value) {
  if (value === null) return 'PyTorch: нет';
  const keeps = [names.includes('forward') && 'сигнал', names.includes('backward') && 'градиент'].filter(Boolean);
  const whose = [
    names.includes('own') && 'самой схемы',
    names.includes('pytorch') && 'из PyTorch',
    keeps.length > 0 && `сохраняет ${keeps.join(' и ')}`,
  ].filter(Boolean);
  const root = EXACT.find(([size]) => Math.abs(size - value) < 1e-4)?.[1];
  return `${root ? `${root} = ` : ''}${exact(value)}: ${whose.join('; ')}`;
}

/** Of the next layer. @param {number} share */
const shareText = (share) => (share > 0 ? `, ${percent(share)} следующего` : '');

export const WORDS = {
  anyLength: 'любое',
  layerTitle: (/** @type {number} */ layer, /** @type {number} */ depth) => `Слой ${layer} из ${depth}`,
  layer: (/** @type {number} */ layer) => `слой ${layer}`,
  ridges: (/** @type {string} */ name) => title(name),
  detail: (/** @type {string} */ name) => `${title(name)} сетей A и B`,
  detailCaption: 'Плотности без точных нулей; ось у слоя своя, общая для A и B.',
  forward: (/** @type {number} */ layers, /** @type {number} */ depth, /** @type {number} */ share) =>
    `${layers} из ${ofLayers(depth)}${shareText(share)}`,
  coarse: (/** @type {number} */ first, /** @type {number} */ batch) =>
    `${plural(first, 'первый', 'первые', 'первые')} ${first} из ${batch} ${pluralOf(batch, 'входа', 'входов')}`,
  backward: (/** @type {number} */ layers, /** @type {number} */ depth, /** @type {number} */ share) =>
    `обратно ${layers} из ${depth}${shareText(share)}`,
  working: { word: 'Вычисляется', sentence: 'Сигнал проходит первый слой.' },
  picture: (/** @type {string} */ name) => `Теперь на входе «${short(name)}»; файл остаётся на этой странице.`,
  failed: 'Не вычислено',
  wholePage: 'Initscope: вся страница',
  notShared: (/** @type {string} */ message) => `Не получилось: ${message}`,
  layerColumn: 'слой',
  stdColumn: 'ст. откл.',
  gain: gainWords,
  noSimd:
    'Программе Initscope нужен WebAssembly с SIMD, а в этом браузере его нет. Он есть в Chrome и Edge с версии 91, ' +
    'в Firefox с версии 113 и в Safari с версии 16.4.',
  noLessons: (/** @type {string} */ message) => `Не удалось загрузить уроки: ${message}`,
  notSpoken: (/** @type {string} */ message) => `Не удалось загрузить слова этого языка: ${message}`,
  noStart: (/** @type {string} */ message) => `Вычисления не запустились: ${message}`,
  notDrawn: (/** @type {number} */ layer) => `слоя ${layer} ещё нет`,
};
