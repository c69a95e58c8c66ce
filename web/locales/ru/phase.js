/**
 * phase.js: the words of the phase map, in Russian. They load with all other Russian words.
 */
import { count, number, plain } from './numbers.js';
import { plural } from './plural.js';

/** @typedef {import('../../engine/phase.js').PhasePoint} Point */

/** @param {number} value */
const layersText = (value) => `${number(value)} ${plural(value, 'слой', 'слоя', 'слоёв')}`;

/** @param {number} depth */
const wholeText = (depth) => `${count(depth)} ${plural(depth, 'слой', 'слоя', 'слоёв')}`;

/** @param {number} value a depth scale */
const scaleText = (value) => (Number.isFinite(value) ? number(value) : '∞');

/** @type {Record<string, (point: Point, isLinear: boolean) => string>} */
const SENTENCES = {
  ordered: ({ depth }) =>
    `Входы становятся похожими: за ξ\u00a0=\u00a0${layersText(depth)} различие между ними уменьшается в e раз. На обратном пути так же быстро затухает градиент.`,
  decays: ({ depth }) =>
    `Сигнал затухает: за ξ\u00a0=\u00a0${layersText(depth)} его средний квадрат уменьшается в e раз. На обратном пути так же быстро затухает градиент.`,
  critical: ({ weightSquare }, isLinear) =>
    isLinear
      ? `Градиент сохраняет величину при любой глубине. Наклон χ₁ равен 1 на всей прямой σ_w²\u00a0=\u00a0${number(weightSquare)}, но только здесь, без смещений, q остаётся конечным.`
      : 'Ни порядка, ни хаоса: градиент сохраняет величину при любой глубине.',
  chaotic: ({ depth, chi, correlation }) =>
    `Почти одинаковые входы расходятся: за ξ\u00a0=\u00a0${layersText(depth)} их корреляция становится в e раз ближе к ${number(correlation)}. На обратном пути градиент растёт: за слой в χ₁\u00a0=\u00a0${number(chi)} раза.`,
  explodes: ({ slope, biasSquare }) =>
    slope <= 1
      ? `Наклон равен 1, но предела у q нет: каждый слой прибавляет σ_b²\u00a0=\u00a0${plain(biasSquare)}. Это не хаос, как у tanh: там q конечно.`
      : `Сигнал растёт без предела: за слой q умножается на ${number(slope)}. Это не хаос, как у tanh: там q конечно, а входы расходятся.`,
};

/** @type {typeof import('../en/phase.js').PHASE_WORDS} */
export const PHASE_WORDS = {
  title: 'Фазовая карта',
  heading: (activation) => `Порядок и хаос: ${activation}`,
  text:
    'Каждая точка — глубокая сеть из широких одинаковых слоёв. Перетащите A или B, коснитесь карты или возьмите стрелки на ' +
    'клавиатуре: по горизонтали меняется усиление, по вертикали — стандартное отклонение смещений, общее для A и B. Графики ниже следуют за точками.',
  caption: (depth) =>
    'Чем гуще тон, тем больше ξ: за столько слоёв различие между входами, а при взрыве средний квадрат q, меняется в e раз. Толстая линия: χ₁\u00a0=\u00a01. Тонкие линии: ' +
    `6\u00a0ξ\u00a0=\u00a0${count(depth)}, глубина сетей; между ними сеть такой глубины может обучаться, по теории среднего поля.`,
  save: 'сохранить график',
  weightAxis: 'σ_w²\u00a0=\u00a0fan_in × Var W',
  biasAxis: 'σ_b²\u00a0=\u00a0Var b',
  line: 'χ₁\u00a0=\u00a01',
  limit: (depth) => `6\u00a0ξ\u00a0=\u00a0${count(depth)}`,
  areas: { ordered: 'порядок', chaotic: 'хаос', explodes: 'взрыв' },
  states: {
    ...{ ordered: 'порядок', critical: 'критическая точка', chaotic: 'хаос', explodes: 'взрыв', decays: 'затухание' },
  },
  sentence: (point, isLinear) => SENTENCES[point.phase](point, isLinear),
  figures: ({ q, chi, depth }) =>
    `q*\u00a0=\u00a0${Number.isFinite(q) ? number(q) : '∞'}, χ₁\u00a0=\u00a0${number(chi)}, ξ\u00a0=\u00a0${scaleText(depth)}`,
  reach: (limit, depth) => {
    if (!Number.isFinite(limit)) return 'Предела глубины теория здесь не ставит.';
    const own = `6\u00a0ξ\u00a0=\u00a0${number(limit)}, а в сети ${wholeText(depth)}`;
    return depth <= limit ? `${own}: она может обучаться.` : `${own}: для обучения она слишком глубока.`;
  },
  where: (some, all) =>
    some === all ? (all === 1 ? 'её слой' : `все слои: ${count(all)}`) : `слоёв: ${count(some)} из ${count(all)}`,
  place: (weightSquare, biasSquare) =>
    `σ_w²\u00a0=\u00a0${number(weightSquare)}, σ_b²\u00a0=\u00a0${number(biasSquare)}`,
  missing: {
    coming: 'Идёт вычисление.',
    blocks: 'На карте её нет: в ней есть нормализация, остаточные суммы или GLU, а карта описывает сети без них.',
    activation: 'На карте её нет: ни у одного слоя нет этой функции активации.',
    theory: 'На карте её нет: теория среднего поля не описывает такие веса.',
  },
  handle: (letter) => `${letter} на фазовой карте; её двигают стрелки`,
  value: (place, state, depth) => `${place}: ${state}, ξ ${Number.isFinite(depth) ? number(depth) : 'бесконечна'}`,
  held: {
    'weights-tuned': (letter) => `Усиление ${letter} подобрано для каждого слоя, поэтому точка остаётся на месте.`,
    'weights-own': (letter) => `У слоёв ${letter} своё усиление, карта его не меняет.`,
    'biases-choice': (letter) => `У ${letter} смещения другого вида: их стандартное отклонение точку не двигает.`,
    'biases-own': (letter) => `У слоёв ${letter} свои смещения, карта их не меняет.`,
    gain: (letter) => `Усиление ${letter} дошло до предела.`,
    bias: () => 'Стандартное отклонение смещений дошло до предела.',
  },
  label: (activation, points) =>
    `Фазовая карта, ${activation}: масштаб глубины в зависимости от σ_w² и σ_b². ${points.join(' ')}`.trim(),
  critical: 'критическое σ_w²',
  from: (depth) => `6\u00a0ξ больше ${count(depth)}: σ_w² от`,
  to: 'до',
};
