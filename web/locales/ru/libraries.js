/**
 * libraries.js: the words of the view Libraries, in Russian. They load with all other Russian words. What surprises say is
 * in surprises.js.
 */
import { spreadOf } from '../spread.js';
import { count, fixed, number, power } from './numbers.js';
import { plural } from './plural.js';

const date = new Intl.DateTimeFormat('ru', { dateStyle: 'long', timeZone: 'UTC' });

/** @type {typeof import('../en/libraries.js').LIBRARY_WORDS} */
export const LIBRARY_WORDS = {
  title: 'Библиотеки',
  text: 'Какие веса даёт библиотека, если инициализацию не указать: измерено в самой библиотеке и повторено здесь.',
  library: 'библиотека',
  search: 'найти библиотеку, вызов или находку',
  example: 'например: внимание Keras',
  nothing: (query) => `По запросу «${query}» ничего нет.`,
  results: (found) => `${count(found)} ${plural(found, 'результат', 'результата', 'результатов')}`,
  types: { library: 'библиотека', surprise: 'находка', layer: 'по умолчанию', call: 'инициализация' },
  unknown: (asked, shown) => `Библиотеки или находки «${asked}» здесь нет, открыта библиотека ${shown}.`,
  heading: (name, version) => `${name} ${version}: по умолчанию`,
  measured: (language, day) => `${language}, измерено ${date.format(new Date(day))}`,
  unmeasured: 'не измерено',
  layers: {
    dense: 'полносвязный',
    conv: 'свёрточный',
    depthwise: 'поканальная свёртка',
    'transposed-conv': 'транспонированная свёртка',
    embedding: 'эмбеддинг',
    lstm: 'LSTM',
    attention: 'внимание',
  },
  shapes: {
    dense: '300 → 100',
    conv: '5 × 5, каналы 3 → 8',
    depthwise: '3 × 3, 32 канала',
    'transposed-conv': '4 × 4, каналы 16 → 8',
    embedding: '1000 слов × 64',
    lstm: '32 → 64',
    attention: 'ширина 64, 4 головы',
  },
  put: (call, letter) => `взять ${call} в ${letter}`,
  putInto: 'взять в',
  hasBeenPut: (call, letter) => `Веса ${letter} теперь даёт ${call}, графики ниже перерисованы.`,
  fans: 'fan',
  fansOf: (fanIn, fanOut) =>
    [
      ...(fanIn === null ? [] : [`fan_in ${count(fanIn)}`]),
      ...(fanOut === null ? [] : [`fan_out ${count(fanOut)}`]),
    ].join(', ') || '–',
  truly: (fanIn, fanOut) => `на деле ${count(fanIn)} и ${count(fanOut)}`,
  std: 'std',
  stdOf: (theirs, ours) => `измерено ${number(theirs)}, по формуле ${number(ours)}`,
  biases: 'смещения',
  biasesOf: (bias) =>
    bias === 'zeros' ? '0' : bias !== 'pytorch-default' ? 'их нет или они иные' : 'см. последнюю строку',
  ofAnotherKind: 'иные',
  undrawn: 'Такой схемы на этой странице нет.',
  uncounted: (rule) => `${rule}, но fan_in и fan_out подсчитаны так, как не умеет эта страница.`,
  further: 'Эмбеддинги, LSTM и внимание',
  why: 'Сетей с такими слоями страница не считает, поэтому здесь только числа, без кнопок.',
  columns: { layer: 'слой', tensor: 'вызов и тензор', std: 'std', rule: 'правило' },
  networkTitle: 'Одна и та же сеть по умолчанию в каждой библиотеке',
  networkText:
    'Десять полносвязных слоёв по 256 нейронов с ReLU, 256 нормальных входов: СКЗ активаций. Название открывает эту сеть.',
  key: {
    ours: 'слой 10, посчитано здесь (линия: разброс по зёрнам)',
    theirs: 'слой 10, в самой библиотеке',
    path: 'слои с 1 по 9',
  },
  network: { library: 'библиотека', ours: 'здесь', theirs: 'в библиотеке', strip: 'СКЗ, логарифмическая шкала' },
  spread: spreadOf({ fixed, power }),
  progress: (done, all) => `Посчитано сетей: ${count(done)} из ${count(all)}`,
  seeds: (seeds) => `Средние: здесь по ${count(seeds)} зёрнам, в библиотеке по 20.`,
  strip: (library, ours, theirs) => `${library}: здесь ${ours}, в библиотеке ${theirs}`,
  networkColumn: (layer) => `слой ${layer}`,
  surprisesTitle: 'Знаете ли вы',
  surprisesText: 'Что нас удивило. Каждая находка относится к той версии, которая названа.',
  show: 'показать на графиках',
  all: (total) => `все ${count(total)}`,
  fewer: 'меньше',
  link: (title) => `ссылка на «${title}»`,
  mention: 'Здесь библиотеки расходятся:',
};
