/**
 * experiment.js: the experiment of the view Training: what the state of the page and the reader's actions ask for, what
 * the race does of it, and what is shown.
 *
 * The race knows nothing of the page (race.js), and the elements nothing of the race (training-view.js). The settings are
 * in experiment-address.js.
 */
import { LIMITS } from '../engine/tables.js';
import { TRAINING_WORDS } from '../locales/en/training.js';
import { compileModule } from '../run/module.js';
import { openPort } from '../run/ports.js';
import { changesBetween } from './changes.js';
import { createDisplay } from './display.js';
import { createExperimentAddress } from './experiment-address.js';
import { createRace } from './race.js';
import { createSections } from './sections.js';
import { changeRate, formatSettings, LARGEST_RATE, LAST_STEP, MOST_RATES, ratesOf } from './settings.js';
import { createSurroundings } from './surroundings.js';
import { dataFor, isPlane, optionsOf, trainedSpec } from './trained-spec.js';
import { createElements } from './training-view.js';

/** @typedef {import('./training-host.js').Host} Host */

const LETTERS = /** @type {const} */ (['A', 'B']);

/** Steps at which training stops by itself. To go on, the reader presses play again. */
const ENDS = [1000, 2000, 5000, 10_000, 20_000, 50_000, LAST_STEP];

/** Milliseconds without a change of the networks, after which training starts anew. */
const REST = 250;

/** @param {number} step where to stop next */
const endAfter = (step) => ENDS.find((end) => end > step) ?? LAST_STEP;

/** @param {Host} host */
export function createView(host) {
  const texts = () => /** @type {typeof TRAINING_WORDS} */ (host.words().TRAINING_WORDS ?? TRAINING_WORDS);
  /** @type {Promise<WebAssembly.Module> | null} */
  let module = null;
  const address = createExperimentAddress(host);
  const { settings, take, say } = address;
  /** What the race runs: specs and settings; '' before the first. */
  let running = '';
  /** The timer until it starts anew; 0: none. */
  let timer = 0;
  /** Whether it then goes on. */
  let resumes = false;
  /** Whether the view is shown, and the step that was sought when it was hidden or the networks changed. */
  let wasShown = false;
  let left = /** @type {number | null} */ (null);
  /** The optimizers of each library, once a worker has told them. @type {Record<string, string[]>} */
  let offered = {};
  let lang = '';
  /** Whether the race was at rest when last looked at, and played before. */
  let wasAtRest = false;
  let hasPlayed = false;
  /** A step that training is to go on to, once it can; 0: none. */
  let wanted = 0;
  /** What was said when training last started anew. @type {(() => string) | null} */
  let renewed = null;

  async function open() {
    const { packed, train } = await host.loadPart('full');
    module ??= compileModule(packed).catch((error) => {
      module = null; // so that the next try compiles it again
      throw error;
    });
    const { port, tables } = await openPort(train, module);
    offered = /** @type {any} */ (tables).optimizers;
    return port;
  }
  const race = createRace(open, () => display.change());

  /** The reader acts: what was noted before has had its time. @template {any[]} T @param {(...given: T) => void} act */
  const acting =
    (act) =>
    (/** @type {T} */ ...given) => {
      address.hush();
      act(...given);
    };

  const elements = createElements(host, texts, {
    toggle: acting(() => {
      if (race.isPlaying()) race.pause();
      else race.play(endAfter(race.target()));
      hasPlayed = true;
    }),
    one: acting(() => race.seek(Math.min(LAST_STEP, race.target() + 1))),
    first: acting(() => race.seek(1)),
    reset: acting(() => {
      address.set({ ...settings(), step: 0, rates: [] });
      begin();
      address.write();
    }),
    seek: acting(seek),
    setRate: acting(setRate),
    typeStep: (text) => readTyped('step', text, LAST_STEP, seek),
    typeRate: (text) => readTyped('rate', text, LARGEST_RATE, setRate),
    set(key, value) {
      const next = { ...settings(), [key]: value };
      const choices = offered[next.as] ?? [next.optimizer];
      if (!choices.includes(next.optimizer)) next.optimizer = choices[choices.length - 1];
      const isOther = next.optimizer !== settings().optimizer; // its rate is of another size
      take({ ...next, ...(isOther && { rate: null, rates: [] }) }); // update() starts anew
    },
  });
  const display = createDisplay(host, elements, race, {
    texts,
    settings,
    follow,
    offered: () => offered,
    said: () => (renewed && address.said() === renewed ? renewed() : ''),
  });
  host.find('#lessons').after(elements.section);
  const sections = createSections(host, {
    ...{ texts, open, say, pause: () => race.pause() },
    toggle: (name) => take({ ...settings(), show: settings().show === name ? 'curves' : name }),
  });
  elements.section.append(sections.element);
  const surroundings = createSurroundings(host.find('#controls'), texts);
  // the page has read its colours by the next frame
  for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)'])
    matchMedia(query).addEventListener('change', display.change);

  /** @param {number} step */
  function seek(step) {
    race.seek(Math.round(step));
  }

  /**
   * Reads what the reader typed, as people write numbers. A number out of range gives way to the nearest in it; what is no
   * number, to what was there.
   * @param {'step' | 'rate'} name @param {string} text @param {number} most @param {(value: number) => void} use
   */
  async function readTyped(name, text, most, use) {
    address.hush();
    const { readNumber } = await host.loadPart('numbers');
    const value = readNumber(text).readings?.[0];
    const used = Number.isFinite(value) ? Math.min(most, Math.max(0, value)) : null;
    if (used !== null) use(used);
    if (used !== value && text.trim() !== '') say(() => texts().notUsed(name, text.trim(), most, used));
    display.change();
  }

  /** Changes the rate from the present step on. @param {number} rate */
  function setRate(rate) {
    /** @param {number} step */
    const change = (step) => changeRate(settings(), step, rate);
    const next = race.isOn() ? race.changePlan(change) : change(settings().step); // the data may be on their way
    if (next) take(next);
    else say(() => texts().tooManyRates(MOST_RATES));
    display.change();
  }

  const specsNow = () =>
    /** @type {Record<'A' | 'B', any>} */ (
      Object.fromEntries(
        LETTERS.map((letter) => [letter, trainedSpec(host.specOf, host.state(), letter, settings().data)]),
      )
    );

  /** What the state asks for. */
  function askedFor() {
    const { tuneA, tuneB } = host.state();
    return JSON.stringify({ specs: specsNow(), tunes: [tuneA, tuneB], settings: address.identity() });
  }

  /** Begins the experiment of the state at the step of the settings. @param {boolean} [plays] whether it then plays */
  async function begin(plays = false) {
    endTimer();
    left = null;
    const specs = specsNow();
    const asked = askedFor();
    running = asked;
    const state = host.state();
    const name = dataFor(specs.A, settings().data);
    const misfit = name === null ? 'images' : specs.A.layers.length > LIMITS.depth ? 'deep' : '';
    race.stop(); // where it is belongs to the experiment before
    display.begin(specs, null, misfit);
    if (name === null || misfit) return;
    try {
      const { makeData } = await host.loadPart('data');
      if (running !== asked) return;
      if (!wasShown) {
        running = ''; // it begins where the view is shown again
        return;
      }
      const { labels, pixels, data } = settings();
      const made = makeData(name, { seed: state.seed, labels, ...(!isPlane(data) && { pixels }) });
      display.begin(specs, made, '');
      const options = optionsOf(settings(), made);
      const begun = Object.fromEntries(
        LETTERS.map((letter) => [letter, { spec: specs[letter], tunes: state[`tune${letter}`] === 'lsuv', options }]),
      );
      race.begin({ begun: /** @type {any} */ (begun), settings: settings() }, endAfter(settings().step));
      if (plays) race.play(endAfter(race.target()));
      goOn();
    } catch (error) {
      running = '';
      say(() => host.words().WORDS.noTraining(String(error)));
    }
  }

  /** Goes on to the step that is wanted, where it has not come that far. */
  function goOn() {
    if (wanted === 0 || running !== askedFor()) return;
    if (wanted > race.target()) {
      if (!race.play(wanted)) return;
      hasPlayed = true;
    }
    wanted = 0;
  }

  function endTimer() {
    clearTimeout(timer);
    timer = 0;
  }

  /** Starts anew from the first step, once the reader has stopped changing the networks. It goes on if it was playing. */
  function restart() {
    resumes ||= race.isPlaying();
    if (race.isSeeking()) left ??= race.target();
    const had = race.reached() > 0;
    race.pause();
    display.leave();
    endTimer();
    timer = window.setTimeout(() => {
      const plays = resumes;
      resumes = false;
      address.set({ ...settings(), step: 0, rates: [] });
      const before = running;
      begin(plays);
      address.write();
      if (had) {
        const changes = changesBetween(JSON.parse(before), JSON.parse(running));
        renewed = () => texts().anew(changes);
        say(renewed);
      }
    }, REST);
  }

  /** Goes on with what the race has: the reader has taken a change back in time. */
  function stay() {
    if (timer === 0) return;
    endTimer();
    seekAgain();
    if (resumes) race.play(race.end());
    resumes = false;
  }

  function seekAgain() {
    if (left !== null) race.seek(left);
    left = null;
  }

  /** Has nothing go on that is not seen. A search goes on where the view is shown again. */
  function hide() {
    if (wasShown && race.isSeeking()) left ??= race.target();
    wasShown = resumes = false;
    endTimer();
    race.pause();
    sections.update('');
  }

  /** Called when something has been shown: where both have come to rest, the address says so. They may have moved on and
   * come to rest again since the last frame. */
  function follow() {
    const rests = race.isAtRest();
    if (rests && running && (!wasAtRest || race.step() !== settings().step)) {
      take({ ...settings(), step: race.step() });
      const isSecret = elements.learning.figure.matches('.veiled'); // a lesson asks for a prediction first
      if (hasPlayed && !isSecret) host.say(display.summary());
      hasPlayed = false;
    }
    wasAtRest = rests;
  }

  /** Reads the settings of the address, which are not those that were written last. */
  function read() {
    const isSame = address.read();
    wanted = 0;
    left = null;
    resumes = false;
    if (isSame && askedFor() === running) race.seek(settings().step);
    else running = '';
  }

  return {
    /** Follows a change of the state or the language. */
    update() {
      const { train } = host.state();
      const isShown = train !== '';
      surroundings.show(isShown);
      elements.section.hidden = !isShown;
      if (!isShown) {
        hide();
        return;
      }
      if (lang !== host.words().lang) {
        lang = host.words().lang;
        elements.write();
      }
      if (host.isReading()) return;
      if (!wasShown) seekAgain();
      wasShown = true;
      if (!address.isRead()) read();
      sections.update(settings().show);
      if (running === '') begin();
      else if (askedFor() !== running) restart();
      else stay();
      display.change();
    },

    /** Takes the reader to what plays. */
    focus: () => elements.keys[0].focus({ preventScroll: true }),

    /** What the page's charts show; null where there is nothing yet. */
    reply: () => display.reply(),

    text: address.text,
    plan: address.plan,

    /** The state at the step that the charts show, and a line that describes the training. */
    shown() {
      const now = { ...settings(), step: race.step() };
      const state = { ...host.state(), train: formatSettings(now) };
      return { state, lines: [texts().run(now, ratesOf(now), !isPlane(now.data))] };
    },

    /** Trains up to a step, unless it has been reached; or checks coordinates. @param {number | 'coordinates'} step */
    trainTo(step) {
      if (step === 'coordinates') {
        if (settings().show !== step) take({ ...settings(), show: step });
        sections.start(step);
        return;
      }
      if (race.reached() >= step && running === askedFor()) return;
      wanted = step;
      goOn();
    },

    /**
     * What is known of both trainings at a step.
     * @param {number | 'coordinates'} step
     * @returns {Record<'A' | 'B', any> | null} { curves, layers }, layers: what was seen last; null until both have come to
     *   rest there, or past it. Of the coordinate check: what it knows of the standard network and of muP
     */
    trained(step) {
      if (step === 'coordinates') return sections.networks(step);
      if (running === '' || running !== askedFor() || race.isSeeking()) return null;
      const known = LETTERS.map((letter) => race.lanes[letter]);
      if (!known.every(({ error, curves }) => error || curves.scoreAt(step))) return null;
      const seen = known.map(({ curves, seen: last }) => ({ curves, layers: last?.layers ?? [] }));
      return { A: seen[0], B: seen[1] };
    },
  };
}
