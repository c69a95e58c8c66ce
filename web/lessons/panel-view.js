/**
 * panel-view.js: what the panel of lessons shows: the list, or the open lesson with its sketch, its exercise and its
 * findings. It also veils the sheet until the answer is revealed.
 *
 * What the reader's actions do is in panel.js.
 */
import { LESSON_WORDS, LESSONS_TEXTS } from '../locales/en/lessons.js';
import { createExercise } from './exercise.js';
import { makeFindings } from './findings.js';
import { judge } from './prediction.js';
import { createSketching } from './sketching.js';
import { veil } from './veil.js';
import { makeIntroduction, makeList, makeQuestion } from './view.js';

/** @typedef {import('./host.js').Host} Host */
/** @typedef {import('./lessons.js').Lesson} Lesson */

/**
 * @typedef {object} Shown what the panel shows
 * @property {boolean} listed whether it shows the list
 * @property {Lesson | undefined} lesson the open one
 * @property {import('./prediction.js').Prediction} prediction of the open lesson
 */

/**
 * @param {Host} host
 * @param {HTMLElement} section the panel's element
 * @param {Shown} shown whose fields change; build() or refresh() then follow
 * @param {import('./view.js').Actions} actions
 */
export function createPanelView(host, section, shown, actions) {
  const exercise = createExercise(host);
  const sketching = createSketching(host, shown);
  /** The words in which the elements were made. @type {any} */
  let spoken = null;
  /** @type {ReturnType<typeof makeFindings> | null} */
  let findings = null;

  // the part holds its English words; other languages bring their own
  const own = () => /** @type {typeof LESSON_WORDS} */ (host.words().LESSON_WORDS ?? LESSON_WORDS);
  const texts = () => /** @type {typeof LESSONS_TEXTS} */ (host.words().LESSONS_TEXTS ?? LESSONS_TEXTS);
  const speechOf = (/** @type {Lesson} */ { id }) => ({ words: host.words(), own: own(), text: texts()[id] });

  /** @param {Lesson} lesson */
  function makeLesson(lesson) {
    const { prediction } = shown;
    const speech = speechOf(lesson);
    const element = exercise.makeElement(lesson, speech, prediction.revealed);
    const question = makeQuestion(lesson, speech, prediction, actions, element);
    if (prediction.revealed) findings = makeFindings(lesson, speech, actions);
    return [makeIntroduction(lesson, speech, actions), question, ...(findings ? [findings.element] : [])];
  }

  /** Writes again what was measured. */
  function refresh() {
    const { lesson, prediction } = shown;
    const networks = lesson?.steps ? host.trained(lesson.steps) : host.networks();
    section.dataset.lesson = lesson?.id ?? '';
    section.dataset.measured = String(networks !== null);
    exercise.refresh(networks);
    veil(lesson, prediction.revealed); // also what has come since
    if (!lesson || !findings) return;
    const judgement = judge(lesson, prediction, networks, speechOf(lesson), host.depth());
    findings.refresh(networks, host.changed(), judgement);
  }

  return {
    /** Makes all elements again: after a change of lesson, list, language or reveal. */
    build() {
      const { listed, lesson, prediction } = shown;
      spoken = host.words();
      section.hidden = !listed && !lesson;
      section.dataset.view = listed ? 'list' : 'lesson';
      section.dataset.revealed = String(prediction.revealed);
      const sheet = host.find('#sheet');
      if (section.hidden) delete sheet.dataset.panel;
      else sheet.dataset.panel = listed ? 'list' : lesson?.sketch ? 'sketch' : 'lesson'; // the layout follows
      sketching.restart(own());
      findings = null;
      if (listed) section.replaceChildren(...makeList(texts(), own(), lesson?.id ?? '', actions));
      else if (lesson) section.replaceChildren(...makeLesson(lesson));
      refresh();
      host.redraw();
    },

    refresh,

    /** Forgets what the reader did in the exercise. */
    restart: () => exercise.restart(),

    /** Whether the elements are in another language than the page. */
    isOutdated: () => spoken !== host.words(),

    focusTitle: () => /** @type {HTMLElement | null} */ (section.querySelector('#lesson-title'))?.focus(),
    focusSketch: sketching.focus,
    focusFindings: () => findings?.focus(),

    /** What is read out of the open lesson after a change. */
    spoken: () => (shown.lesson && !shown.listed ? exercise.spoken() : ''),

    /** The line to draw over the chart of rms by depth; null where there is none. */
    sketched: () => sketching.sketched(own().sketch),
  };
}
