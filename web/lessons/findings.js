/**
 * findings.js: makes the table at the end of a lesson: measured and expected values, tolerance and source. It writes the
 * measured values again whenever they change.
 *
 * Which values agree is decided in lessons.js.
 */
import { make, makeButton } from '../page/elements.js';
import { agrees, measure } from './lessons.js';

/** @typedef {import('./lessons.js').Check} Check */
/** @typedef {import('./view.js').Speech} Speech */

/** @param {Check} check @param {number} value @param {Speech['words']} words */
function valueText({ as }, value, words) {
  if (Number.isNaN(value)) return words.number(value);
  if (as === 'whole') return words.count(Math.round(value));
  return as === 'percent' ? words.percent(value) : words.number(value);
}

/** @param {Check} check @param {Speech} speech */
function toleranceText({ tolerance, as }, { words, own }) {
  if ('bound' in tolerance) return tolerance.bound === 'least' ? own.orMore : own.orLess;
  if ('factor' in tolerance) return own.factor(words.plain(tolerance.factor));
  if ('relative' in tolerance) return as === 'whole' ? own.exactly : `±\u00a0${words.percent(tolerance.relative)}`;
  if (tolerance.absolute === 0) return own.exactly;
  return `±\u00a0${as === 'percent' ? words.percent(tolerance.absolute) : words.plain(tolerance.absolute)}`;
}

/** Writes a text, unless the element already holds it. @param {Element} element @param {string} text */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Makes the row of a check.
 * @param {Check} check
 * @param {string} name of what is measured
 * @param {Speech} speech
 */
function makeRow(check, name, speech) {
  const { words, own } = speech;
  const measured = make('td.measured');
  const [mark, verdict] = [make('span'), make('span.words')];
  const element = make(
    'tr',
    {},
    make('th', { scope: 'row' }, name),
    measured,
    make(
      'td',
      {},
      `${valueText(check, check.expected, words)} `,
      make('span.tolerance', {}, toleranceText(check, speech)),
    ),
    make('td.agreement', {}, mark, verdict),
  );

  /** @param {import('./lessons.js').Networks | null} networks */
  function refresh(networks) {
    const value = networks ? measure(check, networks) : Number.NaN;
    const known = !Number.isNaN(value);
    const agreed = known && agrees(check, value);
    measured.dataset.value = String(value);
    write(measured, networks ? valueText(check, value, words) : '…');
    write(mark, known ? (agreed ? '✓' : '✗') : '');
    write(verdict, known ? ` ${agreed ? own.agrees : own.disagrees}` : networks ? own.unmeasured : '');
    verdict.classList.toggle('off', known && !agreed);
  }
  return { element, refresh };
}

/**
 * Makes the element with the judgement, the table of values, the source and the buttons.
 * @param {import('./lessons.js').Lesson} lesson
 * @param {Speech} speech
 * @param {import('./view.js').Actions} actions
 */
export function makeFindings({ checks }, speech, actions) {
  const { own, text } = speech;
  const outcome = make('p.outcome', { tabIndex: -1 });
  const rows = checks.map((check, i) => makeRow(check, text.checks[i], speech));
  const head = [own.measure, own.measured, own.expected].map((name) => make('th', { scope: 'col' }, name));
  const state = make('p.state');
  const restore = makeButton(own.back, actions.restore);
  const element = make(
    'div.found',
    {},
    outcome,
    make(
      'table',
      {},
      make('thead', {}, make('tr', {}, ...head, make('td'))),
      make('tbody', {}, ...rows.map((row) => row.element)),
    ),
    state,
    make('p.source', {}, `${own.source} ${text.source} ${own.tolerance} ${text.tolerance}`),
    make('p.steps', {}, makeButton(own.again, actions.predictAgain), restore),
  );

  return {
    element,

    /**
     * Writes the measured values.
     * @param {import('./lessons.js').Networks | null} networks null until both have been run
     * @param {boolean} changed whether the state is no longer the lesson's own
     * @param {string} judgement on the prediction
     */
    refresh(networks, changed, judgement) {
      write(outcome, judgement);
      for (const row of rows) row.refresh(networks);
      write(state, changed ? own.changed : '');
      restore.hidden = !changed;
    },

    focus: () => outcome.focus(),
  };
}
