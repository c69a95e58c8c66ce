/*
 * The panel of lessons: which is open, what the reader predicted, and what of the sheet is veiled until the reveal. It
 * knows the page by what host.js hands it, and the elements by view.js.
 */
import { LESSON_WORDS, LESSONS_TEXTS } from '../locales/en/lessons.js';
import { createExercise } from './exercise.js';
import { LESSONS } from './lessons.js';
import { lineOf, offBy } from './line.js';
import { createSketch } from './sketch.js';
import { about, ask, found, list } from './view.js';

/** What of the sheet a region is. @type {Record<import('./lessons.js').Region, string>} */
const REGIONS = {
  verdicts: '#verdictA, #verdictB',
  signal: '#rms, #ridgeA, #ridgeB',
  weights: '#weights',
  others: '#conv, #correlation, #dead, #detail',
  figures: '#figures, #formulaA, #formulaB, .whole',
};

/** What the reader did in a lesson. */
const fresh = () => ({
  revealed: false,
  choice: /** @type {number | null} */ (null),
  points: /** @type {Map<number, number>} */ (new Map()),
});

/**
 * @typedef {object} Host what the page hands over
 * @property {(selector: string) => HTMLElement} find
 * @property {() => import('../state/state.js').State} state
 * @property {(changes: Record<string, any>) => void} change
 * @property {() => void} redraw
 * @property {(x: number, y: number) => { layer: number, power: number } | null} at
 * @property {() => any} words
 * @property {(lesson: string) => void} open
 * @property {() => boolean} changed
 * @property {() => any} networks
 * @property {(text: string) => void} say
 */

/** @param {Host} host */
export function createPanel(host) {
  const section = host.find('#lessons');
  const opener = host.find('#lessons-open');
  let listed = false;
  /** @type {import('./lessons.js').Lesson | undefined} */
  let lesson;
  let spoken = /** @type {any} */ (null);
  let answer = fresh();
  /** @type {ReturnType<typeof found> | null} */
  let result = null;
  /** @type {ReturnType<typeof createSketch> | null} */
  let sketch = null;
  const exercise = createExercise(host);

  /** The words of the part, in English, unless the language brings its own. */
  const own = () => /** @type {typeof LESSON_WORDS} */ (host.words().LESSON_WORDS ?? LESSON_WORDS);
  const texts = () => /** @type {typeof LESSONS_TEXTS} */ (host.words().LESSONS_TEXTS ?? LESSONS_TEXTS);
  const title = () => /** @type {HTMLElement | null} */ (section.querySelector('#lesson-title'));
  const line = () => lineOf(answer.points, host.state().depth);

  const on = {
    open(/** @type {string} */ id) {
      listed = false;
      if (id === lesson?.id) restart();
      host.open(id);
      title()?.focus();
    },
    list: () => show(true),
    /** Without a lesson the state stays as it is. */
    close() {
      host.change({ lesson: 'none' });
      opener.focus();
    },
    shut() {
      show(false);
      opener.focus();
    },
    choose: (/** @type {number} */ choice) => {
      answer.choice = choice;
    },
    draw: () => sketch?.focus(),
    reveal() {
      if (lesson?.sketch ? answer.points.size === 0 : answer.choice === null) return false;
      answer.revealed = true;
      build();
      result?.focus();
      return true;
    },
    again() {
      restart();
      build();
      title()?.focus();
    },
    back: () => lesson && host.open(lesson.id),
    say: host.say,
  };

  function restart() {
    answer = fresh();
    exercise.restart();
  }

  /** @param {boolean} list */
  function show(list) {
    listed = list;
    build();
    if (list) title()?.focus();
  }

  /** Makes all elements anew: of another lesson, in another language, or once the answer is told. */
  function build() {
    spoken = host.words();
    section.hidden = !listed && !lesson;
    opener.setAttribute('aria-expanded', String(!section.hidden));
    section.dataset.view = listed ? 'list' : 'lesson';
    section.dataset.revealed = String(answer.revealed);
    sketch?.remove();
    sketch = null;
    result = null;
    if (lesson?.sketch && !answer.revealed) sketch = startSketch(lesson.sketch);
    if (listed) {
      section.replaceChildren(...list(texts(), own(), lesson?.id ?? '', on));
    } else if (lesson) {
      const speech = { words: spoken, own: own(), text: texts()[lesson.id] };
      const form = ask(lesson, speech, answer, on, exercise.element(lesson, speech, answer.revealed));
      if (answer.revealed) result = found(lesson, speech, on);
      section.replaceChildren(about(lesson, speech, on), form, ...(result ? [result.element] : []));
    }
    veil();
    refresh();
    host.redraw();
  }

  /** @param {{ lo: number, hi: number }} range */
  function startSketch(range) {
    const words = own();
    return createSketch(host.find('#rms .plot'), {
      label: words.sketchLabel,
      range,
      depth: () => host.state().depth,
      line,
      at: host.at,
      set(layer, power, since) {
        const [from, to] = [Math.min(layer, since ?? layer), Math.max(layer, since ?? layer)];
        for (let between = from + 1; between < to; between++) answer.points.delete(between);
        answer.points.set(layer, power);
        host.redraw();
      },
      say: (layer, power) => words.sketched(layer, host.words().number(10 ** power)),
    });
  }

  function veil() {
    const secret = lesson !== undefined && !answer.revealed;
    for (const [region, selector] of Object.entries(REGIONS)) {
      const hidden = secret && !lesson?.open.includes(/** @type {any} */ (region));
      for (const element of document.querySelectorAll(`#sheet :is(${selector})`)) {
        element.classList.toggle('veiled', hidden && !(lesson?.sketch && element.id === 'rms'));
      }
    }
  }

  /** What is said of the prediction. @param {any} networks */
  function outcome(networks) {
    if (!lesson) return '';
    const words = own();
    if (!lesson.sketch) {
      const { choices = [] } = texts()[lesson.id];
      return answer.choice === lesson.answer ? words.right : words.wrong(choices[answer.choice ?? 0]);
    }
    if (!networks) return '';
    const { layers } = networks[lesson.sketch.letter];
    const measured = [1, ...layers.map((/** @type {any} */ { activations }) => activations.rms)];
    return words.offBy(host.words().number(offBy(line(), measured)));
  }

  function refresh() {
    const networks = host.networks();
    section.dataset.lesson = lesson?.id ?? '';
    section.dataset.measured = String(networks !== null);
    exercise.refresh(networks);
    result?.refresh(networks, host.changed(), outcome(networks));
  }

  section.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    if (listed) on.shut();
    else on.close();
  });

  return {
    toggle: () => show(!listed),

    update() {
      const { lesson: id } = host.state();
      const next = LESSONS.find((row) => row.id === id);
      if (next !== lesson) {
        lesson = next;
        listed = false;
        restart();
        build();
      } else if (spoken !== host.words()) build();
      else refresh();
    },

    /** What is to be heard of the open lesson once it has changed. */
    spoken: () => (lesson && !listed ? exercise.spoken() : ''),

    /** @returns {import('../charts/sheet.js').Sketched | null} */
    sketched() {
      if (!lesson?.sketch || listed) return null;
      const { lo, hi } = lesson.sketch;
      const layer = sketch?.layer() ?? 0;
      return { label: own().sketch, line: line(), range: { lo, hi }, secret: !answer.revealed, layer };
    },
  };
}
