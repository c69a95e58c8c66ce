/**
 * training-view.js: the elements of the view Training, and the texts in them.
 *
 * What the reader's actions do is in experiment.js; the charts draw themselves.
 */
import { make, makeButton } from '../page/elements.js';
import { makeLine, makeSave } from './drawings.js';
import { SETTINGS } from './settings.js';

/** @typedef {import('./training-host.js').Host} Host */
/** @typedef {typeof import('../locales/en/training.js').TRAINING_WORDS} Texts */

const LETTERS = /** @type {const} */ (['A', 'B']);

/** Steps of the slider of the learning rate, a log axis over this range. */
const RATE = { least: 1e-6, most: 10, steps: 140 };

/** @param {number} rate @returns {number} position of the slider */
export const positionOf = (rate) =>
  Math.round((RATE.steps * Math.log(Math.max(RATE.least, rate) / RATE.least)) / Math.log(RATE.most / RATE.least));

/** @param {number} position @returns {number} of two digits */
export const rateOf = (position) =>
  Number((RATE.least * (RATE.most / RATE.least) ** (position / RATE.steps)).toPrecision(2));

/** The settings that have a menu. */
const MENUS = /** @type {const} */ (['optimizer', 'as', 'data', 'labels', 'pixels']);

/**
 * The terms that the view names; page/glossary.js explains them. The optimizer's goes by the one that is chosen.
 * @type {Record<string, string>}
 */
export const TERMS = {
  ...{ step: 'step', epoch: 'epoch', rate: 'learningRate', as: 'asIn', data: 'trainingData', labels: 'labels' },
  ...{ pixels: 'scaleOfPixels', held: 'heldOut', ratio: 'updateRatio', outcome: 'trainingOutcome' },
  mup: 'mup', // in the coordinate check
  ...{ sgd: 'optimizer', momentum: 'momentum', nesterov: 'momentum', adam: 'adam' },
};

/**
 * What the reader can do.
 * @typedef {object} Actions
 * @property {() => void} toggle plays or pauses
 * @property {() => void} one
 * @property {() => void} first
 * @property {() => void} reset
 * @property {(step: number) => void} seek
 * @property {(rate: number) => void} setRate
 * @property {(text: string) => void} typeStep
 * @property {(text: string) => void} typeRate
 * @property {(key: any, value: string) => void} set
 */

/** @param {Host} host @param {() => Texts} texts @param {Actions} actions */
export function createElements(host, texts, actions) {
  /** What writes the texts again in another language. @type {(() => void)[]} */
  const writers = [];
  /** @param {any} element @param {(texts: Texts) => string} text @param {string} [property] */
  const written = (element, text, property = 'textContent') => {
    writers.push(() => {
      element[property] = text(texts());
    });
    return element;
  };
  /** @param {(texts: Texts) => string} text @param {() => void} act @param {string} name */
  const button = (text, act, name) => written(makeButton('', act, { className: name }), text);

  const keys = [
    makeButton('', actions.toggle, { className: 'play' }),
    button((t) => t.one, actions.one, 'one'),
    makeButton('', actions.first, { className: 'first' }), // its name goes by the step
    button((t) => t.reset, actions.reset, 'reset'),
  ];
  const slider = written(
    make('input', { type: 'range', min: 0, step: 1, oninput: () => actions.seek(Number(slider.value)) }),
    (t) => t.stepSlider,
    'ariaLabel',
  );
  /** A field that keeps what the reader types until it is taken. @param {string} id @param {string} inputMode
   * @param {(text: string) => void} take */
  const typed = (id, inputMode, take) => {
    const field = make('input', {
      ...{ id, inputMode, autocomplete: 'off' },
      oninput: () => {
        field.dataset.typing = '';
      },
      onblur: () => {
        delete field.dataset.typing;
      },
      onchange: () => {
        delete field.dataset.typing;
        take(field.value);
      },
    });
    return field;
  };
  const step = typed('training-step', 'numeric', actions.typeStep);
  const epoch = make('span.epoch', { 'data-term': TERMS.epoch });
  const speed = make('span.speed');
  const at = make(
    'div.field wide at',
    {},
    make(
      'label',
      { htmlFor: step.id },
      written(make('span', { 'data-term': TERMS.step }), (t) => t.step),
      speed,
      epoch,
    ),
    slider,
    step,
  );

  const rateSlider = written(
    make('input', {
      ...{ type: 'range', min: 0, max: RATE.steps, step: 1 },
      onchange: () => actions.setRate(rateOf(Number(rateSlider.value))),
      oninput: () => {
        rate.value = host.words().entry(rateOf(Number(rateSlider.value)));
      },
    }),
    (t) => t.rateSlider,
    'ariaLabel',
  );
  const rate = typed('training-rate', 'decimal', actions.typeRate);
  const rateField = make(
    'div.field wide',
    {},
    make(
      'label',
      { htmlFor: rate.id },
      written(make('span', { 'data-term': TERMS.rate }), (t) => t.rate),
    ),
    rateSlider,
    rate,
  );
  const menus = Object.fromEntries(
    MENUS.map((key) => {
      const row = /** @type {import('./settings.js').NameRow} */ (SETTINGS.find((one) => one.key === key));
      const options = row.names.map((name) => written(make('option', { value: name }), (t) => t.names[name]));
      const menu = make('select', { id: `training-${key}`, onchange: () => actions.set(key, menu.value) }, ...options);
      return [key, menu];
    }),
  );
  const fields = Object.entries(menus).map(([key, menu]) => {
    const name = written(
      make('span', { 'data-term': key === 'optimizer' ? '' : TERMS[key] }),
      (t) => /** @type {any} */ (t)[key],
    );
    return make(`div.field ${key}`, {}, make('label', { htmlFor: menu.id }, name), menu);
  });
  const rates = make('p.rates');

  const reports = LETTERS.map((letter) => {
    const parts = ['scheme', 'added', 'sentence', 'promise'].map((name) => make(`span.${name}`));
    const [scheme, added, sentence, promise] = parts;
    const word = make('button.term word', { type: 'button', 'data-term': TERMS.outcome });
    const section = make(
      `section.told ${letter}`,
      {},
      make('h3', {}, make('b', {}, letter), ' ', scheme, ' ', added),
      make('p', {}, word, ' ', sentence, ' ', promise),
    );
    return { section, scheme, added, word, sentence, promise };
  });

  /** @param {string} id @param {any[]} title @param {(texts: Texts) => string} caption */
  function makeFigure(id, title, caption) {
    const canvas = make('canvas', { role: 'img' });
    const save = makeSave();
    written(save, (t) => t.save, 'ariaLabel');
    const figcaption = make('figcaption', {}, written(make('span'), caption));
    const figure = make('figure', { id }, make('h3', {}, ...title), save, make('div.plot', {}, canvas), figcaption);
    return { figure, canvas, caption: figcaption };
  }
  /** @param {string} name of a term @param {(texts: Texts) => string} text */
  const term = (name, text) => written(make('button.term', { type: 'button', 'data-term': name }), text);
  const learning = makeFigure('learning', [written(make('span'), (t) => t.learning)], (t) => t.learningCaption);
  learning.figure.querySelector('.plot').before(
    make(
      'p.key',
      {},
      make(
        'span',
        {},
        makeLine(''),
        written(make('span'), (t) => t.trained),
      ),
      make(
        'span',
        {},
        makeLine('2 3'),
        term(TERMS.held, (t) => t.held),
      ),
    ),
  );
  learning.caption.append(
    ' ',
    written(make('span.act'), (t) => t.learningHow),
  );
  const ratio = makeFigure('ratio', [term(TERMS.ratio, (t) => t.ratio)], (t) => t.ratioCaption);
  const decisions = Object.fromEntries(
    LETTERS.map((letter) => [
      letter,
      makeFigure(
        `decision${letter}`,
        [written(make('span'), (t) => t.decision), ' ', make('b', { className: letter }, letter)],
        (t) => t.decisionCaption,
      ),
    ]),
  );
  const setNumbers = {
    learning: host.createNumbersTable(learning.figure),
    ratio: host.createNumbersTable(ratio.figure),
  };

  const section = written(
    make(
      'section',
      { id: 'training', className: 'training', hidden: true },
      written(make('h2.unseen'), (t) => t.title),
      make('div.bar', {}, make('div.keys', {}, ...keys), at),
      written(make('fieldset.settings', {}, rateField, ...fields), (t) => t.settings, 'ariaLabel'),
      rates,
      ...reports.map((one) => one.section),
      learning.figure,
      ratio.figure,
      ...LETTERS.map((letter) => decisions[letter].figure),
    ),
    (t) => t.title,
    'ariaLabel',
  );

  return {
    ...{ section, keys, slider, step, epoch, speed, rateSlider, rate, menus, rates, reports },
    ...{ learning, ratio, decisions, setNumbers },
    /** Writes every text again. */
    write() {
      for (const writeOne of writers) writeOne();
    },
  };
}
