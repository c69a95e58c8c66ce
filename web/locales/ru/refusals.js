/**
 * refusals.js: why a network was not run, in Russian: a sentence for each code of engine/refusal.js. If a
 * control led to the refusal, the sentence uses the control's label.
 */
import { callsOf } from '../called.js';
import { layerOf, shownIn } from '../refused.js';
import { choiceWords } from './choices.js';
import { count } from './numbers.js';
import { plural } from './plural.js';

/** @import { Refused, Sentences, Told } from '../refused.js' */

const shown = shownIn(count, (text) => `«${text}»`, {
  undefined: 'не задано',
  array: 'массив',
  object: 'объект',
  function: 'функция',
});

const TYPES = /** @type {Record<string, string>} */ ({
  object: 'нужен объект',
  array: 'нужен массив',
  number: 'нужно число',
  boolean: 'нужно логическое значение',
  Uint8ClampedArray: 'нужен массив байтов',
});

/** @param {readonly string[]} names */
const list = (names) => names.map((name) => choiceWords(name)).join('; ');

/** Fields of the reader's own layers, as the page calls them. @type {Record<string, string>} */
const FIELDS = {
  units: 'число нейронов',
  channelsOut: 'число каналов',
  inputs: 'число входов',
  size: 'сторона изображений',
};

/** @param {Refused & Told} refused */
function given({ field, value, layer, own }) {
  const name = own && FIELDS[String(field).match(/^layers\[\d+\]\.(\w+)/)?.[1] ?? ''];
  return name ? `Слой ${layer}, ${name}: ${shown(value)}` : `${field}: ${shown(value)}`;
}

/** @param {readonly number[]} sides */
const sides = (sides) => sides.map(count).join(' × ');

/** @type {Sentences} */
export const REFUSED = {
  wrongType: (refused) => `${given(refused)}; ${TYPES[refused.range]}.`,
  unknownName: (refused) => `${given(refused)}; допустимы: ${refused.range.join(', ')}.`,
  unknownField: ({ field, range }) => `Поля ${field} нет. Есть поля: ${range.join(', ')}.`,
  wholeRange: (refused) => `${given(refused)}; нужно целое число от ${refused.range.map(count).join(' до ')}.`,
  numberRange: (refused) => `${given(refused)}; нужно число от ${refused.range.map(count).join(' до ')}.`,
  wrongNames: (refused) => `${given(refused)}; нужен список, составленный из имён: ${refused.range.join(', ')}.`,
  wrongSides: ({ field, range: [least, most] }) =>
    least === most ? `${field}: нужны высота и ширина.` : `${field}: сторон должно быть от ${least} до ${most}.`,
  noPytorchGain: ({ range: { activation } }) =>
    `У PyTorch нет рекомендованного усиления для активации ${choiceWords(activation)}. Задайте усиление числом или ` +
    'выберите другое готовое значение.',
  biasScheme: ({ value, range }) =>
    `Схема «${choiceWords(String(value))}» не годится для смещений. Годятся: ${list(range)}.`,
  biasScaling: ({ field, value, range }) => `${field}: ${shown(value)}; для смещений допустимы: ${range.join(', ')}.`,
  orthogonalSize: ({ field, layer, own, range: { most, inputs, units } }) =>
    `В ортогональной матрице не больше ${most} строк и столбцов, а в слое ${layer} она была бы ` +
    `${sides([inputs, units])}. ${
      own
        ? `Задайте ему в строке слоёв не больше ${most} входов и ${most} нейронов`
        : units > most
          ? `Уменьшите ширину до ${count(most)}`
          : layerOf(field) > 1
            ? 'Перед выходом выберите «усреднить»'
            : `Уменьшите число входов слоя до ${most}`
    } или возьмите другую схему.`,
  orthogonalKernel: ({ layer, own, range: { most, rows, mostRows } }) =>
    `В ортогональной матрице не больше ${mostRows} строк, а в слое ${layer} их было бы ${count(rows)}: по одной на ` +
    `каждое число, входящее в один выход. Уменьшите ${
      own ? 'в строке слоёв число его входных каналов' : 'число каналов'
    } до ${most}, возьмите меньшее ядро или другую схему.`,
  identityKernel: ({ layer, own, value }) =>
    `Единичной матрице нужно ядро 1 × 1, а в слое ${layer} оно ${shown(value)}. Задайте ` +
    `${own ? 'ему в строке слоёв ядро 1 × 1' : 'ядро 1'} или возьмите другую схему.`,
  unlikeBelow: (refused) => `${given(refused)}, а предыдущий слой даёт ${count(refused.range.needed)}.`,
  convAfterDense: ({ layer }) =>
    `Слою ${layer} нужны изображения, а слой перед ним выдаёт вектор. Поставьте свёрточные слои и пулинг первыми.`,
  sumFirst: () => 'Остаточная сумма не может быть первым слоем: перед ней нет ветви.',
  oddChannels: ({ layer, range: { channels } }) =>
    `Слой ${layer} умножает одну половину каналов на другую, поэтому их число должно быть чётным. Предыдущий слой даёт ${count(channels)}.`,
  sumShapes: ({ layer, range: { stream, branch } }) =>
    `Слой ${layer} складывает поток ${sides(stream)} и ветвь ${sides(branch)}. Сделайте их одного размера или измените ` +
    'число слоёв, через которые проходит сумма.',
  groupsDivide: ({ field, layer, value, range: { channelsIn, channelsOut } }) =>
    `Число групп${Number.isNaN(layerOf(field)) ? '' : ` в слое ${layer}`}\u00a0— ${shown(value)}. Оно должно делить ` +
    `и число входных каналов (${channelsIn}), и число выходных (${channelsOut}).`,
  kernelOverImage: ({ layer, own, value, range: { images } }) =>
    `При таком дополнении слой ${layer} получает изображения ${sides(images)}; ядро со стороной ${shown(value)} ` +
    `на них не помещается. ${
      own
        ? 'Задайте в строке слоёв меньшее ядро, большее дополнение или меньше слоёв, которые сжимают изображения'
        : 'Уменьшите глубину или ядро либо выберите дополнение «same»'
    }.`,
  windowOverImage: ({ layer, value, range: { images } }) =>
    `Слой пулинга ${layer} получает изображения ${sides(images)}; окно со стороной ${shown(value)} на них не ` +
    'помещается. Уменьшите окно или число слоёв, которые сжимают изображения.',
  imagesTooLarge: ({ layer, range: { most, images } }) =>
    `Слой ${layer} выдал бы изображения ${sides(images)}, а их сторона — не больше ${most} пикселей. Уменьшите ` +
    'шаг или дополнение.',
  tooManyWeights: ({ layer, own, value, range: { most, inputs, mostWeights } }) =>
    `В слое ${layer} было бы ${count(inputs)} × ${shown(value)} весов, а их может быть не больше ` +
    `${count(mostWeights)}. Уменьшите ${own ? 'в строке слоёв число его нейронов' : 'ширину'} до ` +
    `${count(most)} или число входов слоя.`,
  inputLength: ({ value, range: { needed, batch, inputs } }) =>
    `Чисел на входе\u00a0— ${shown(value)}, а нужно ${count(needed)}: размер батча ${batch} на ${count(inputs)} чисел.`,
  lossOfImages: ({ range: { images } }) =>
    `Кросс-энтропии нужно по одному числу на класс, а последний слой даёт изображения ${sides(images)}. Закончите сеть ` +
    'полносвязным слоем или выберите случайный градиент вместо потерь.',
  batchMemory: ({ own, value, range: { most, needed, mebibytes } }) =>
    `При таких размерах и глубине для батча размера ${shown(value)} нужно ${count(needed)}\u00a0МиБ памяти, а сети ` +
    `доступно ${count(mebibytes)}\u00a0МиБ. Уменьшите размер батча до ${most} или саму сеть` +
    `${own ? ' в строке слоёв' : ''}.`,
  networkMemory: ({ own, range: { needed, mebibytes } }) =>
    `При таких размерах и глубине сети нужно ${count(needed)}\u00a0МиБ памяти, а доступно ${count(mebibytes)}\u00a0МиБ: не ` +
    `помещается даже батч размера 1. Возьмите ${own ? 'в строке слоёв ' : ''}меньше слоёв, нейронов или каналов либо ` +
    'меньшие изображения.',
  memoryExhausted: () => 'Для этой сети не хватает памяти. Уменьшите её или перезагрузите страницу.',
  moduleMemory: ({ range: { mebibytes } }) =>
    `Сети нужно ${count(mebibytes)}\u00a0МиБ памяти, но браузер их не выделил. Уменьшите батч или саму сеть либо ` +
    'закройте другие вкладки и попробуйте ещё раз.',
  tooManyNumbers: ({ range: { numbers, mostNumbers } }) =>
    `В изображениях одного батча было бы ${count(numbers)} ${plural(numbers, 'число', 'числа', 'чисел')}, а может быть ` +
    `не больше ${count(mostNumbers)}. Возьмите меньший батч, меньшие изображения или меньше каналов.`,
  tooManyPixels: ({ range: { pixels, mostPixels } }) =>
    `В картинке ${count(pixels)} ${plural(pixels, 'пиксель', 'пикселя', 'пикселей')}, а может быть не больше ` +
    `${count(mostPixels)}.`,
  pixelsLength: ({ value, range: { needed } }) =>
    `Байтов в картинке\u00a0— ${shown(value)}, а при её ширине и высоте должно быть ${count(needed)}.`,
  oneBrightness: () =>
    'Та часть изображения, которую видит сеть, вся одной яркости, и нормировать её нельзя. Возьмите другое изображение ' +
    'или выберите пиксели «сырые 0–255».',
  noPicture: () =>
    'Самого изображения в ссылке нет. Выберите файл с изображением, перетащите его на страницу или выберите другой вход.',
  engineStopped: ({ value }) =>
    `Вычисления дважды остановились на этом: ${value || 'ответ не пришёл'}. Измените что-нибудь или попробуйте снова.`,
  engineUnfetched: () =>
    'Не удалось загрузить часть программы, которая нужна для этой сети. Проверьте соединение и попробуйте снова.',
  unknown: ({ value }) => `Непредвиденная ошибка: ${value}`,
};

/**
 * @param {Refused} refused
 * @param {string[] | null} [names] of the layers, where they have names of their own
 * @param {boolean} [own] whether the layers are the reader's own: sentences then send to their line, and not to
 *   controls that are hidden
 */
export const refusalWords = (refused, names = null, own = false) =>
  /** @type {any} */ (REFUSED)[refused.code]({ ...refused, layer: callsOf(names)(layerOf(refused.field)), own });
