/*
 * A lesson as elements: what it is about, what it asks, and what was found, of which the numbers are written anew
 * whenever they change. What the reader did so far is handed in; what they do is told by `on`.
 */
import { button, make } from './dom.js';
import { agrees, GROUPS, LESSONS } from './lessons.js';

/** @typedef {import('./lessons.js').Lesson} Lesson */
/** @typedef {import('../locales/words.js').Words} Words */
/** @typedef {typeof import('../locales/en/lessons.js').LESSON_WORDS} LessonWords */
/** @typedef {import('../locales/en/lessons.js').LessonText} LessonText */

/**
 * @typedef {{ words: Words, own: LessonWords, text: LessonText }} Speech
 * @typedef {{ revealed: boolean, choice: number | null }} Answer
 */

/** @param {import('./lessons.js').Check} check @param {number} value @param {Words} words */
const valueText = ({ as }, value, words) => {
  if (as === 'whole') return String(Math.round(value));
  return as === 'percent' ? words.percent(value) : words.number(value);
};

/** @param {import('./lessons.js').Check} check @param {Speech} speech */
function toleranceText({ tolerance, as }, { words, own }) {
  if ('factor' in tolerance) return own.factor(words.plain(tolerance.factor));
  if ('relative' in tolerance) return as === 'whole' ? own.exactly : `±\u00a0${words.percent(tolerance.relative)}`;
  if (tolerance.absolute === 0) return own.exactly;
  return `±\u00a0${as === 'percent' ? words.percent(tolerance.absolute) : words.plain(tolerance.absolute)}`;
}

/** Text of a node, only if it differs. @param {Element} element @param {string} text */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Keeps a fraction or a product on one line. @param {string} text */
const bound = (text) => text.replace(/ ([/·×]) /g, '\u00a0$1\u00a0');

/** What it is about, with the way to other lessons. @param {Lesson} lesson @param {Speech} speech @param {any} on */
export function about(lesson, { own, text }, on) {
  const place = LESSONS.indexOf(lesson);
  const group = Object.keys(GROUPS).find((name) => GROUPS[name].includes(lesson)) ?? '';
  const words = /** @type {Record<string, string>} */ (own.groups);
  const to = (/** @type {number} */ step) => {
    const other = LESSONS[place + step];
    return button(step < 0 ? own.previous : own.next, () => other && on.open(other.id), { disabled: !other });
  };
  return make(
    'div.about',
    {},
    make('p.where', {}, `${words[group]} · ${own.place(place + 1, LESSONS.length)}`),
    make('h2', { id: 'lesson-title', tabIndex: -1 }, text.title),
    make('p', {}, bound(text.text)),
    make('p.steps', {}, to(-1), to(1), button(own.list, on.list), button(own.close, on.close)),
  );
}

/** One of the choices. @param {string} words @param {number} place @param {Lesson} lesson @param {Answer} answer
 * @param {any} on */
function choiceOf(words, place, { answer: right }, { revealed, choice }, on) {
  const input = make('input', {
    type: 'radio',
    name: 'prediction',
    value: String(place),
    checked: choice === place,
    disabled: revealed,
    onchange: () => on.choose(place),
  });
  const mark = !revealed ? '' : place === right ? ' ✓' : place === choice ? ' ✗' : '';
  return make(revealed && place === right ? 'label.right' : 'label', {}, input, make('span', {}, words + mark));
}

/** The question. @param {Lesson} lesson @param {Speech} speech @param {Answer} answer @param {any} on
 * @param {HTMLElement} exercise beside it */
export function ask(lesson, { own, text }, answer, on, exercise) {
  const { choices } = text;
  const body = choices
    ? make(
        'fieldset',
        {},
        make('legend', {}, text.question),
        make('div.choices', {}, ...choices.map((words, place) => choiceOf(words, place, lesson, answer, on))),
      )
    : make('div', {}, make('p.question', {}, text.question));
  if (!choices && !answer.revealed)
    body.append(make('p.how', {}, own.draw), button(own.toChart, on.draw, { className: 'quiet' }));
  const missing = make('p.missing');
  const submit = make('button.reveal', { type: 'submit', hidden: answer.revealed }, own.predict);
  const why = answer.revealed ? [make('p', {}, bound(text.explanation))] : [];
  const form = make('form.ask', { autocomplete: 'off' }, body, ...why, exercise, submit, missing);
  form.addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault();
    if (on.reveal()) return;
    missing.textContent = choices ? own.choose : own.drawFirst;
    on.say(missing.textContent);
  });
  return form;
}

/**
 * What was found: rows of measured and expected, and why.
 * @param {Lesson} lesson @param {Speech} speech @param {any} on
 */
export function found({ checks }, speech, on) {
  const { words, own, text } = speech;
  const outcome = make('p.outcome', { tabIndex: -1 });
  const rows = checks.map((check, i) => {
    const measured = make('td.measured');
    const verdict = { mark: make('span'), words: make('span.words') };
    const expected = `${valueText(check, check.expected, words)} `;
    const row = make(
      'tr',
      {},
      make('th', { scope: 'row' }, text.checks[i]),
      measured,
      make('td', {}, expected, make('span.tolerance', {}, toleranceText(check, speech))),
      make('td.agreement', {}, verdict.mark, verdict.words),
    );
    return { check, row, measured, verdict };
  });
  const head = [own.measure, own.measured, own.expected].map((name) => make('th', { scope: 'col' }, name));
  const state = make('p.state');
  const back = button(own.back, on.back);
  const element = make(
    'div.found',
    {},
    outcome,
    make(
      'table',
      {},
      make('thead', {}, make('tr', {}, ...head, make('td'))),
      make('tbody', {}, ...rows.map(({ row }) => row)),
    ),
    state,
    make('p.source', {}, `${own.source} ${text.source} ${own.tolerance} ${text.tolerance}`),
    make('p.steps', {}, button(own.again, on.again), back),
  );

  /** @param {import('./lessons.js').Networks | null} networks @param {boolean} changed @param {string} said */
  function refresh(networks, changed, said) {
    write(outcome, said);
    for (const { check, measured, verdict } of rows) {
      const value = networks ? check.measured(networks) : Number.NaN;
      measured.dataset.value = String(value);
      write(measured, networks ? valueText(check, value, words) : '…');
      const agreed = networks !== null && agrees(check, value);
      write(verdict.mark, networks ? (agreed ? '✓' : '✗') : '');
      write(verdict.words, networks ? ` ${agreed ? own.agrees : own.disagrees}` : '');
      verdict.words.classList.toggle('off', networks !== null && !agreed);
    }
    write(state, changed ? own.changed : '');
    back.hidden = !changed;
  }
  return { element, refresh, focus: () => outcome.focus() };
}

/** All lessons, by groups. @param {Record<string, LessonText>} texts @param {LessonWords} own @param {string} now
 * @param {any} on */
export function list(texts, own, now, on) {
  const groups = /** @type {Record<string, string>} */ (own.groups);
  const link = (/** @type {Lesson} */ { id }) => {
    const anchor = make('a', { href: `#lesson=${id}` }, texts[id].title);
    if (id === now) anchor.setAttribute('aria-current', 'page');
    anchor.addEventListener('click', (/** @type {MouseEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // another tab or window
      event.preventDefault();
      on.open(id);
    });
    return make('li', {}, anchor);
  };
  const columns = Object.entries(GROUPS).map(([name, lessons]) =>
    make('div', {}, make('h3', {}, groups[name]), make('ul', {}, ...lessons.map(link))),
  );
  return [
    make(
      'div.top',
      {},
      make('h2', { id: 'lesson-title', tabIndex: -1 }, own.lessons),
      button(own.close, on.shut, { className: 'quiet' }),
    ),
    make('div.groups', {}, ...columns),
  ];
}
