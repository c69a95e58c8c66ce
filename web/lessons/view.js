/**
 * view.js: makes the elements of a lesson, what it is about and what it asks, and the list of all lessons.
 *
 * It keeps no state: the prediction comes in, and what the reader does goes out through `actions`. What was found is in
 * findings.js.
 */
import { make, makeButton } from '../page/elements.js';
import { GROUPS, LESSONS } from './lessons.js';

/** @typedef {import('./lessons.js').Lesson} Lesson */
/** @typedef {import('./prediction.js').Prediction} Prediction */
/** @typedef {import('../locales/words.js').Words} Words */
/** @typedef {typeof import('../locales/en/lessons.js').LESSON_WORDS} LessonWords */
/** @typedef {import('../locales/en/lessons.js').LessonText} LessonText */

/**
 * The words for a lesson: the page's, the panel's own, and the lesson's.
 * @typedef {{ words: Words, own: LessonWords, text: LessonText }} Speech
 *
 * @typedef {object} Actions what the reader can do in the panel
 * @property {(id: string) => void} open opens a lesson
 * @property {() => void} openList
 * @property {() => void} closeList
 * @property {() => void} closeLesson
 * @property {(choice: number) => void} choose
 * @property {() => void} focusSketch goes to the chart to draw
 * @property {() => boolean} reveal false where there is no prediction yet
 * @property {() => void} predictAgain
 * @property {() => void} restore goes back to the lesson's own state
 * @property {(text: string) => void} say has a text read out
 */

/** Keeps a fraction or a product on one line. @param {string} text */
const keepTogether = (text) => text.replace(/ ([/×]) /g, '\u00a0$1\u00a0');

/**
 * Makes the introduction: what the lesson is about, and the ways to other lessons.
 * @param {Lesson} lesson
 * @param {Speech} speech
 * @param {Actions} actions
 */
export function makeIntroduction(lesson, { own, text }, actions) {
  const place = LESSONS.indexOf(lesson);
  const group = Object.keys(GROUPS).find((name) => GROUPS[name].includes(lesson)) ?? '';
  const groupWords = /** @type {Record<string, string>} */ (own.groups);
  const makeStep = (/** @type {number} */ step) => {
    const other = LESSONS[place + step];
    const name = step < 0 ? own.previous : own.next;
    return makeButton(name, () => other && actions.open(other.id), { disabled: !other });
  };
  return make(
    'div.about',
    {},
    make('p.where', {}, `${groupWords[group]} · ${own.place(place + 1, LESSONS.length)}`),
    make('h2', { id: 'lesson-title', tabIndex: -1 }, text.title),
    make('p', {}, keepTogether(text.text)),
    make(
      'p.steps',
      {},
      makeStep(-1),
      makeStep(1),
      makeButton(own.list, actions.openList),
      makeButton(own.close, actions.closeLesson),
    ),
  );
}

/**
 * Makes one of the choices; once the answer is revealed, marked as right or wrong.
 * @param {string} text
 * @param {number} place its index
 * @param {Lesson} lesson
 * @param {Prediction} prediction
 * @param {Actions} actions
 */
function makeChoice(text, place, { answer }, { revealed, choice }, actions) {
  const input = make('input', {
    type: 'radio',
    name: 'prediction',
    value: String(place),
    checked: choice === place,
    disabled: revealed,
    onchange: () => actions.choose(place),
  });
  const mark = !revealed ? '' : place === answer ? ' ✓' : place === choice ? ' ✗' : '';
  return make(revealed && place === answer ? 'label.right' : 'label', {}, input, make('span', {}, text + mark));
}

/**
 * Makes the question, with its choices or how to draw; after the reveal, also the explanation.
 * @param {Lesson} lesson
 * @param {Speech} speech
 * @param {Prediction} prediction
 * @param {Actions} actions
 * @param {HTMLElement} exercise shown below
 */
export function makeQuestion(lesson, { own, text }, prediction, actions, exercise) {
  const { choices, question } = text;
  const { revealed } = prediction;
  const options = choices?.map((choice, place) => makeChoice(choice, place, lesson, prediction, actions));
  const body = options
    ? make('fieldset', {}, make('legend', {}, question), make('div.choices', {}, ...options))
    : make('div', {}, make('p.question', {}, question));
  if (!choices && !revealed) {
    const toChart = makeButton(own.toChart, actions.focusSketch, { className: 'quiet' });
    body.append(make('p.how', {}, own.draw), toChart);
  }
  const missing = make('p.missing');
  const submit = make('button.reveal', { type: 'submit', hidden: revealed }, own.predict);
  const explanation = revealed ? [make('p', {}, keepTogether(text.explanation))] : [];
  const form = make('form.ask', { autocomplete: 'off' }, body, ...explanation, exercise, submit, missing);
  form.addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault();
    if (actions.reveal()) return;
    missing.textContent = choices ? own.choose : own.drawFirst;
    actions.say(missing.textContent);
  });
  return form;
}

/**
 * Makes the list of all lessons, by topic.
 * @param {Record<string, LessonText>} texts
 * @param {LessonWords} own
 * @param {string} open id of the open lesson; '' where none is
 * @param {Actions} actions
 * @returns {HTMLElement[]}
 */
export function makeList(texts, own, open, actions) {
  const groupWords = /** @type {Record<string, string>} */ (own.groups);
  const makeLink = (/** @type {Lesson} */ { id }) => {
    const anchor = make('a', { href: `#lesson=${id}` }, texts[id].title);
    if (id === open) anchor.setAttribute('aria-current', 'page');
    anchor.addEventListener('click', (/** @type {MouseEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // the browser opens another tab or window
      event.preventDefault();
      actions.open(id);
    });
    return make('li', {}, anchor);
  };
  const columns = Object.entries(GROUPS).map(([name, lessons]) =>
    make('div', {}, make('h3', {}, groupWords[name]), make('ul', {}, ...lessons.map(makeLink))),
  );
  return [
    make(
      'div.top',
      {},
      make('h2', { id: 'lesson-title', tabIndex: -1 }, own.lessons),
      makeButton(own.close, actions.closeList, { className: 'quiet' }),
    ),
    make('div.groups', {}, ...columns),
  ];
}
