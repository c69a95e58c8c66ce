/**
 * watch.js: functions that run inside a page to watch it, timed by the page's own clock. They are sent there as text,
 * so each is complete by itself.
 *
 * They change nothing, except `drag`, which moves a slider.
 */

/** The calibration loop: it runs every so many milliseconds, and takes some tenths of one. */
export const CALIBRATION = { every: 100, loops: 2e5 };

/**
 * Moves a slider evenly from one position to another, with the events of a real drag, at most one a frame. Then it
 * waits until the last input is drawn, or until its patience ends. An input counts as answered when that input or a
 * later one is drawn: first the ridges of its first layers, then those of all layers, then the whole sheet.
 * @param {{ name: string, from: number, to: number, ms: number, values: number[], patience: number,
 *   calibration: typeof CALIBRATION }} drag values: the state's value at each position; patience: in milliseconds
 */
export async function drag({ name, from, to, ms, values, patience, calibration }) {
  const slider = /** @type {HTMLInputElement} */ (document.querySelector(`input[type=range][name=${name}]`));
  const sheet = /** @type {HTMLElement} */ (document.getElementById('sheet'));
  /** When each input was made, and the state's value. @type {{ time: number, value: number }[]} */
  const inputs = [];
  const seen = {
    gaps: /** @type {number[]} */ ([]),
    first: /** @type {number[]} */ ([]),
    forward: /** @type {number[]} */ ([]),
    whole: /** @type {number[]} */ ([]),
    tasks: /** @type {number[]} */ ([]),
    animationFrames: /** @type {number[]} */ ([]),
    works: /** @type {number[]} */ ([]),
    inputs: 0,
  };
  /**
   * Notes how long the newly answered inputs took.
   * @param {number[]} list milliseconds of the inputs answered so far
   * @param {string} attribute of the sheet, which holds the newest value that is drawn
   */
  const answered = (list, attribute) => {
    const now = performance.now();
    const newest = inputs.map(({ value }) => value).lastIndexOf(Number(sheet.getAttribute(attribute)));
    for (const { time } of inputs.slice(list.length, newest + 1)) list.push(now - time);
  };
  const attributes = [`data-ridges-${name}`, `data-forward-${name}`, `data-${name}`];
  const drawings = new MutationObserver(() => {
    [seen.first, seen.forward, seen.whole].forEach((list, i) => {
      answered(list, attributes[i]);
    });
  });
  drawings.observe(sheet, { attributes: true, attributeFilter: attributes });
  const lists = /** @type {const} */ ({ longtask: seen.tasks, 'long-animation-frame': seen.animationFrames });
  const observers = Object.entries(lists).map(([type, list]) => {
    const observer = new PerformanceObserver((entries) => {
      for (const { duration } of entries.getEntries()) list.push(duration);
    });
    observer.observe({ type });
    return observer;
  });
  const calibrating = setInterval(() => {
    const begun = performance.now();
    let sum = 0;
    for (let i = 1; i < calibration.loops; i++) sum += Math.sqrt(i) * (i % 7);
    if (sum > 0) seen.works.push(performance.now() - begun);
  }, calibration.every);

  const begun = await new Promise(requestAnimationFrame);
  let last = begun;
  while (last < begun + ms) {
    const now = await new Promise(requestAnimationFrame);
    seen.gaps.push(now - last);
    last = now;
    const position = Math.round(from + (to - from) * Math.min(1, (now - begun) / ms));
    if (inputs.at(-1)?.value === values[position]) continue;
    inputs.push({ time: performance.now(), value: values[position] });
    slider.value = String(position);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  }
  clearInterval(calibrating);
  const end = performance.now() + patience;
  while (seen.whole.length < inputs.length && performance.now() < end) await new Promise(requestAnimationFrame);
  drawings.disconnect();
  for (const observer of observers) observer.disconnect();
  return { ...seen, inputs: inputs.length };
}

/**
 * Measures the gaps between frames of an idle page while two workers run at full speed: the best that the machine
 * allows.
 * @param {{ ms: number, calibration: typeof CALIBRATION }} options
 */
export async function idle({ ms, calibration }) {
  const address = URL.createObjectURL(new Blob(['for (let x = 0; ; x++) Math.sqrt(x);'], { type: 'text/javascript' }));
  const workers = [0, 1].map(() => new Worker(address));
  const gaps = [];
  const works = [];
  const begun = await new Promise(requestAnimationFrame);
  for (let last = begun; last < begun + ms; ) {
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - last);
    last = now;
    const start = performance.now();
    let sum = 0;
    for (let i = 1; i < calibration.loops; i++) sum += Math.sqrt(i) * (i % 7);
    if (sum > 0) works.push(performance.now() - start);
  }
  for (const worker of workers) worker.terminate();
  return { gaps, works };
}

/** Collects from now on how long each interaction takes until the next frame, as the browser counts it. */
export function watchInteractions() {
  const durations = /** @type {Record<string, number>} */ ({});
  Object.assign(window, { durations });
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of /** @type {any[]} */ (list.getEntries())) {
      if (interactionId) durations[interactionId] = Math.max(durations[interactionId] ?? 0, duration);
    }
  }).observe(/** @type {any} */ ({ type: 'event', durationThreshold: 16 }));
}

/**
 * From now on, in `watched`: how long each task over 50 ms takes, and how long the calibration loop.
 * @param {typeof CALIBRATION} calibration
 */
export function watchTasks({ every, loops }) {
  const watched = { tasks: /** @type {number[]} */ ([]), works: /** @type {number[]} */ ([]) };
  Object.assign(window, { watched });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.tasks.push(duration);
  }).observe({ type: 'longtask' });
  setInterval(() => {
    const begun = performance.now();
    let sum = 0;
    for (let i = 1; i < loops; i++) sum += Math.sqrt(i) * (i % 7);
    if (sum > 0) watched.works.push(performance.now() - begun);
  }, every);
}

/** Milliseconds from another address until both of its networks are drawn. @param {string} hash */
export async function timeAnswer(hash) {
  const sheet = /** @type {HTMLElement} */ (document.getElementById('sheet'));
  const begun = performance.now();
  const changed = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
  location.hash = hash;
  await changed;
  while (!sheet.dataset.settled) await new Promise(requestAnimationFrame);
  return performance.now() - begun;
}

/** Run before a document loads: notes when the first chart is drawn, when the sheet is, and when all layers are. */
export function watchLoad() {
  const times = /** @type {Record<string, number>} */ ({});
  Object.assign(window, { loadTimes: times });
  const { stroke } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.stroke =
    /** @this {CanvasRenderingContext2D} @param {any[]} path */
    function (...path) {
      if (this.canvas.closest('#sheet')) times.chart ??= performance.now();
      Reflect.apply(stroke, this, path);
    };
  new MutationObserver(() => {
    const { depth, layersA, layersB, passedA, passedB } = document.getElementById('sheet')?.dataset ?? {};
    if (depth === undefined) return;
    times.sheet ??= performance.now();
    if ([layersA, layersB, passedA, passedB].every((layers) => layers === depth)) times.whole ??= performance.now();
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-request', 'data-passed-a'] });
}
