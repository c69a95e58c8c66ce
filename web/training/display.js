/**
 * display.js: shows what the race does: once for each frame, however much has changed. It hands the page's own charts
 * what was observed last.
 *
 * Where things stand on the page is in training-view.js; what they are drawn from comes from race.js.
 */

import { rateAt } from '../run/replay.js';
import { createDecision } from './decision.js';
import { createLearningChart, numbersOfLearning } from './learning-chart.js';
import { replyOf } from './observed.js';
import { createRatioChart, medianOf, numbersOfRatios } from './ratio-chart.js';
import { ratesOf, unusualOf } from './settings.js';
import { createTelling } from './telling.js';
import { classesOf, isPlane } from './trained-spec.js';
import { positionOf, TERMS } from './training-view.js';

/** @typedef {import('./training-host.js').Host} Host */
/** @typedef {import('./settings.js').Settings} Settings */

/** Milliseconds between two frames while both play. */
const PAUSE = 45;

const LETTERS = /** @type {const} */ (['A', 'B']);

/** @param {any} element @param {string} text */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {any} input @param {string | number} value unless the reader is typing in it */
function setValue(input, value) {
  if (!('typing' in input.dataset)) input.value = String(value);
}

/**
 * @param {Host} host
 * @param {ReturnType<typeof import('./training-view.js').createElements>} elements
 * @param {ReturnType<typeof import('./race.js').createRace>} race
 * @param {{ texts: () => any, settings: () => Settings, follow: () => void,
 *   offered: () => Record<string, string[]>, said: () => string }} experiment said: why training has started anew
 */
export function createDisplay(host, elements, race, { texts, settings, follow, offered, said }) {
  const { section, reports, learning, ratio, decisions, setNumbers } = elements;
  const learningChart = createLearningChart(learning.canvas, host, (step) => race.seek(step));
  const ratioChart = createRatioChart(ratio.canvas, host);
  const telling = createTelling(host, race, texts, settings);
  const decision = createDecision(/** @type {any} */ ({ A: decisions.A.canvas, B: decisions.B.canvas }), host, race);
  /** @type {Record<'A' | 'B', any> | null} */
  let specs = null;
  /** @type {any} */
  let data = null;
  let misfit = '';
  /** Whether training adds an output layer to those of the controls. */
  let addsOutput = false;
  /** @type {import('../run/reply.js').Reply | null} */
  let reply = null;
  let request = 0;
  /** The step that the page's charts show. */
  let drawnStep = -1;
  /** What the tables were last filled from. */
  let tabled = '';
  /** The colours that all was last drawn in. */
  let inkAndPaper = '';
  let frame = 0;
  /** When all was last shown, by performance.now(). */
  let shown = 0;

  /** Takes what both networks have been seen to do at a step, for the page's charts. */
  function takeSeen() {
    const next = specs && replyOf(race.lanes, specs, host.state(), request);
    if (!next) return;
    const { seen } = race.lanes.A.error ? race.lanes.B : race.lanes.A;
    if (!seen || seen.step === drawnStep) return;
    drawnStep = seen.step;
    reply = { ...next, request: ++request };
    host.redraw();
    requestAnimationFrame(waitForDrawing);
  }

  /** Another step is observed once this one is on the screen. */
  function waitForDrawing() {
    if (host.isBusy()) requestAnimationFrame(waitForDrawing);
    else race.drawn();
  }

  function showControls() {
    const { keys, slider, step: field, epoch, speed, rateSlider, rate, menus, rates } = elements;
    const words = texts();
    const now = settings();
    const step = race.step();
    const [play, , first] = keys;
    write(first, race.target() === 0 ? words.first : words.backToFirst);
    const playing = race.isPlaying();
    write(play, playing ? words.pause : words.play);
    play.dataset.playing = String(playing);
    slider.max = String(Math.max(race.end(), race.reached(), step));
    setValue(slider, race.target());
    slider.setAttribute('aria-valuetext', words.stepText(race.target()));
    setValue(field, step);
    const examples = data?.labels.length ?? 0;
    const batch = specs?.A.batch ?? 0;
    write(epoch, examples > 0 ? words.epoch((step * batch) / examples) : '');
    const target = race.target();
    const isFar = race.isSeeking() && Math.abs(target - step) > 1;
    const perSecond = race.perSecond();
    const pace = playing && perSecond > 0 ? words.speed(perSecond) : '';
    const hasEnded = race.isAtRest() && step === race.end();
    write(speed, isFar ? words.going(step, target) : hasEnded ? words.ended : pace);
    const present = rateAt(ratesOf(now), race.isPlaying() ? step : target);
    if (document.activeElement !== rateSlider || !rateSlider.matches(':active')) {
      rateSlider.value = String(positionOf(present));
      setValue(rate, host.words().entry(present));
    }
    rateSlider.setAttribute('aria-valuetext', host.words().entry(present));
    for (const [key, menu] of Object.entries(menus)) menu.value = String(/** @type {any} */ (now)[key]);
    const offers = offered()[now.as];
    for (const option of menus.optimizer.options) option.disabled = offers && !offers.includes(option.value);
    const named = menus.optimizer.closest('.field').querySelector('[data-term]');
    named.dataset.term = TERMS[now.optimizer];
    menus.pixels.closest('.field').hidden = isPlane(now.data);
    const changes = now.rates.length > 0 ? words.rates(now.rates) : '';
    const { momentum, decay } = unusualOf(now);
    write(rates, [said(), changes, words.hypers(momentum, decay)].filter(Boolean).join(' '));
  }

  function showTold() {
    LETTERS.forEach((letter, i) => {
      const { word, sentence, promised, isOutcome } = telling.tell(letter);
      const one = reports[i];
      write(one.scheme, host.words().networkWords(host.state(), letter));
      write(one.added, addsOutput ? texts().added(classesOf(settings().data)) : '');
      write(one.word, word);
      one.word.disabled = !isOutcome; // a term only where it has an explanation
      write(one.sentence, sentence);
      write(one.promise, promised);
    });
  }

  function showCharts() {
    const words = texts();
    const { A, B } = race.lanes;
    const curves = { A: A.curves, B: B.curves };
    const end = Math.max(race.end(), race.reached());
    learningChart.update({ curves, classes: classesOf(settings().data), step: race.step(), end, texts: words });
    learning.canvas.setAttribute('aria-label', words.learningLabel(telling.summaries()));
    const ratios = ratiosNow();
    ratioChart.update(ratios, specs?.A.layers.length ?? 1, words);
    ratio.canvas.setAttribute('aria-label', words.ratioLabel(LETTERS.map((letter) => medianOf(ratios[letter]))));
    decision.update();
    const look = `${host.colours.ink} ${host.colours.paper}`;
    if (look !== inkAndPaper) decision.draw();
    inkAndPaper = look;
    for (const letter of LETTERS) {
      const { accuracy = Number.NaN } = curves[letter].lastScore(race.step()) ?? {};
      decisions[letter].canvas.setAttribute('aria-label', words.decisionLabel(letter, accuracy));
    }
    const about = `${request} ${race.reached()} ${race.isAtRest()} ${host.words().lang}`;
    if (race.isPlaying() || about === tabled) return;
    tabled = about;
    setNumbers.learning(() => numbersOfLearning(curves, words));
    setNumbers.ratio(() => numbersOfRatios(ratios, words));
  }

  /** Update-to-weight ratios of the layers that have weights, at the step that the charts show. */
  const ratiosNow = () =>
    /** @type {Record<'A' | 'B', (number | undefined)[]>} */ (
      Object.fromEntries(
        LETTERS.map((letter) => [
          letter,
          (reply?.networks[letter].layers ?? []).map((layer) => /** @type {any} */ (layer).updateRatio ?? undefined),
        ]),
      )
    );

  function show() {
    frame = 0;
    if (section.hidden) return;
    if (race.isPlaying() && performance.now() - shown < PAUSE) {
      frame = requestAnimationFrame(show);
      return;
    }
    shown = performance.now();
    takeSeen();
    showControls();
    showTold();
    showCharts();
    follow();
    const rests = race.isAtRest() || misfit !== '';
    if (rests) section.dataset.rest = String(race.step());
    else delete section.dataset.rest;
    Object.assign(section.dataset, { step: race.step(), reached: race.reached(), drawn: drawnStep });
    host.told();
  }

  return {
    /** Something has changed: it is shown in the next frame. */
    change() {
      if (frame === 0) frame = requestAnimationFrame(show);
    },

    /**
     * Another experiment begins.
     * @param {Record<'A' | 'B', any>} nextSpecs
     * @param {any} nextData null: on its way
     * @param {string} nextMisfit why the data do not fit the networks; '' where they do
     */
    begin(nextSpecs, nextData, nextMisfit) {
      [specs, data, misfit] = [nextSpecs, nextData, nextMisfit];
      telling.begin(misfit);
      addsOutput = specs.A.layers.length > host.specOf(host.state(), 'A').layers.length;
      reply = null;
      drawnStep = -1;
      const plane = isPlane(settings().data);
      for (const letter of LETTERS) decisions[letter].figure.hidden = !plane;
      section.dataset.plane = String(plane);
      decision.use(plane ? data : null);
      delete section.dataset.rest;
      this.change();
    },

    /** What is shown is no longer what the state asks for. */
    leave() {
      delete section.dataset.rest;
    },

    reply: () => reply,

    /** What became of both, to be read out. */
    summary: () => telling.summaries().join(' '),
  };
}
