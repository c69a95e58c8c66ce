/*
 * What happens to a page in real use. Workers die or fall silent, the address cannot be written, the page sleeps for an
 * hour, ten thousand inputs arrive, half a minute of work becomes useless, canvases and fonts are missing. What is missing
 * from the start is in failures.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADDRESS, drawn, go, open, redraw, settled, show, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

/**
 * Records the page's workers, the jobs that each was sent, and its messages about them. A worker whose number is in `deaf`
 * never gets a job.
 * @param {Page} page
 */
const keepWorkers = (page) =>
  page.addInitScript(() => {
    const seen = /** @type {any} */ (window);
    const Native = window.Worker;
    seen.workers = [];
    seen.deaf = [];
    window.Worker = /** @type {any} */ (
      function start(/** @type {string} */ address) {
        const worker = /** @type {any} */ (new Native(address));
        const number = seen.workers.push(worker) - 1;
        worker.jobs = [];
        worker.told = [];
        worker.addEventListener('message', (/** @type {MessageEvent} */ { data }) => worker.told.push(data));
        const post = worker.postMessage.bind(worker);
        worker.postMessage = (/** @type {any} */ message) => {
          if (message.spec) worker.jobs.push(message.id);
          if (!(message.spec && seen.deaf.includes(number))) post(message);
        };
        return worker;
      }
    );
  });

/** @param {Page} page */
const workers = (page) => page.evaluate(() => /** @type {any} */ (window).workers.length);
/** Waits until a worker has been sent a job. @param {Page} page @param {number} number of the worker */
const sent = (page, number) =>
  page.waitForFunction((at) => /** @type {any} */ (window).workers[at]?.jobs.length > 0, number);
/** Waits until a worker has answered all its jobs. @param {Page} page @param {number} number of the worker */
const answered = (page, number) =>
  page.waitForFunction((at) => {
    const { jobs, told } = /** @type {any} */ (window).workers[at];
    return told.some((/** @type {any} */ { id, done }) => done && id === jobs.at(-1));
  }, number);
/** Advances the page's own clock by a second at a time, at most forty, until something is there. @param {Page} page
 * @param {() => Promise<boolean>} isThere */
async function turnClock(page, isThere) {
  for (let seconds = 0; seconds < 40 && !(await isThere()); seconds++) await page.clock.runFor(1000);
  assert.ok(await isThere());
}
/** @param {Page} page */
const failure = (page) => page.textContent('#failure');

test('a worker that crashes is replaced without a word, and one that crashes again by a sentence and a button', async () => {
  await withPage({ before: keepWorkers }, async (page) => {
    await open(page, 'depth=3&width=16');
    const crash = (/** @type {number} */ number) =>
      page.evaluate((at) => {
        /** @type {any} */ (window).workers[at].onerror(new ErrorEvent('error', { message: 'out of memory' }));
      }, number);
    await crash(0);
    await page.fill('#depth', '4');
    await drawn(page, { depth: 4 });
    assert.deepEqual([await failure(page), await workers(page)], ['', 3]);

    await page.evaluate(() => Object.assign(window, { deaf: [2, 3] }));
    await page.fill('#depth', '5');
    await crash(2);
    await sent(page, 3);
    await crash(3);
    await page.waitForFunction(() => document.getElementById('failure')?.textContent);
    assert.match(String(await failure(page)), /^The engine stopped twice at this: out of memory\. /);
    await page.click('#again');
    await drawn(page, { depth: 5 });
    assert.deepEqual([await failure(page), await page.isVisible('#again')], ['', false]);
  });
});

test('a worker that is killed is missed after half a minute, in Russian too where it is spoken', async () => {
  const before = async (/** @type {Page} */ page) => {
    await page.clock.install();
    await keepWorkers(page);
  };
  await withPage({ before }, async (page) => {
    await open(page, 'depth=3&width=16&lang=ru');
    await page.evaluate(() => /** @type {any} */ (window).workers[0].terminate());
    await page.fill('#depth', '4');
    await answered(page, 1); // otherwise the page would miss this worker too
    await turnClock(page, async () => (await workers(page)) === 3);
    await drawn(page, { depth: 4 });
    assert.deepEqual([await failure(page), await workers(page)], ['', 3]);

    await page.evaluate(() => Object.assign(window, { deaf: [2, 3] }));
    await page.fill('#depth', '5');
    await answered(page, 1);
    await turnClock(page, async () => (await workers(page)) === 4);
    await sent(page, 3);
    await turnClock(page, async () => (await failure(page)) !== '');
    assert.match(String(await failure(page)), /^Вычисления дважды остановились на этом: ответ не пришёл\. /);
    assert.equal(await page.textContent('#again'), 'Попробовать снова');
    await page.focus('#again');
    await page.keyboard.press('Enter');
    await drawn(page, { depth: 5 });
    assert.equal(await failure(page), '');
  });
});

test('an engine that cannot start says so, and may be tried again', async () => {
  const before = (/** @type {Page} */ page) =>
    page.addInitScript(() => {
      window.Worker = /** @type {any} */ (undefined);
      if (sessionStorage.getItem('tried')) return;
      sessionStorage.setItem('tried', 'once');
      /** @type {any} */ (WebAssembly).instantiate = () => Promise.reject(new RangeError('could not allocate memory'));
    });
  await withPage({ before }, async (page) => {
    await page.goto(`${ADDRESS}#depth=3`);
    await page.click('#again');
    await drawn(page, { depth: 3 });
  });
});

test('memory that the browser refuses is a sentence, and a smaller network runs after it, in both languages', async () => {
  const before = (/** @type {Page} */ page) =>
    page.addInitScript(() => {
      window.Worker = /** @type {any} */ (undefined);
      WebAssembly.Memory.prototype.grow = () => {
        throw new RangeError('could not grow memory');
      };
    });
  await withPage({ before }, async (page) => {
    const sentence = () => page.textContent('#verdictA .sentence');
    await show(page, 'depth=40&width=4096&batch=1024&inputs=1');
    assert.match(
      String(await sentence()),
      /^The network needs \d+\u00a0MiB of memory, and the browser does not give it\./,
    );
    await open(page, 'depth=3&width=16&lang=ru');
    assert.doesNotMatch(String(await sentence()), /МиБ/);
    await show(page, 'depth=40&width=4096&batch=1024&inputs=1&lang=ru');
    assert.match(String(await sentence()), /^Сети нужно \d+\u00a0МиБ памяти, но браузер их не выделил\./);
  });
});

test('an address that may not be written, and storage that throws, are gone without', async () => {
  const before = (/** @type {Page} */ page) =>
    page.addInitScript(() => {
      const refuse = () => {
        throw new DOMException('not here', 'SecurityError');
      };
      history.replaceState = () => {
        document.documentElement.dataset.refused = '';
        refuse();
      };
      history.pushState = refuse;
      for (const storage of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
        Object.defineProperty(window, storage, { get: refuse });
      Object.defineProperty(document, 'cookie', { get: refuse, set: refuse });
    });
  await withPage({ before }, async (page) => {
    await open(page, 'depth=3');
    await page.fill('#depth', '4');
    await drawn(page, { depth: 4 });
    await page.waitForSelector('html[data-refused]');
    await page.fill('#depth', '5');
    await drawn(page, { depth: 5 });
  });
});

test('an hour in the background, asleep in the middle of a run, does no harm', async () => {
  const before = async (/** @type {Page} */ page) => {
    await page.clock.install();
    await keepWorkers(page);
  };
  await withPage({ before }, async (page) => {
    await open(page, 'depth=3&width=16');
    const show = (/** @type {string} */ visibilityState) =>
      page.evaluate((visible) => {
        Object.defineProperty(document, 'visibilityState', { value: visible, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, visibilityState);
    await page.clock.pauseAt(Date.now() + 60_000); // a minute ahead, so that the call arrives before that time
    await page.fill('#depth', '30');
    await show('hidden');
    await page.clock.fastForward('01:00:00'); // a timer that is due fires once, as after a sleep
    await show('visible');
    await page.clock.resume();
    await drawn(page, { depth: 30 });
    await page.fill('#depth', '4');
    await drawn(page, { depth: 4 });
    assert.deepEqual([await failure(page), await workers(page)], ['', 2]);
  });
});

test('of ten thousand inputs of a slider the last one stands, and few are run', async () => {
  await withPage({ before: keepWorkers }, async (page) => {
    await open(page, 'depth=20&width=32');
    const before = Number(await page.getAttribute('#sheet', 'data-request'));
    await page.evaluate(async () => {
      const slider = /** @type {HTMLInputElement} */ (document.querySelector('input[type=range][name=depth]'));
      for (let i = 0; i < 10_000; i++) {
        slider.value = String(i % 40);
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        if (i % 100 === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      slider.value = '16';
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await drawn(page, { depth: 17 });
    const requests = Number(await page.getAttribute('#sheet', 'data-request')) - before;
    // in each of a hundred pauses: the job in flight, the one that waits, and its whole batch
    assert.ok(requests < 1000, `${requests} requests`);
    await page.waitForFunction(() => location.hash.includes('depth=17'));
    assert.deepEqual([await failure(page), await workers(page)], ['', 2]);
  });
});

test('half a minute of work is left where it is once something else is asked for', async () => {
  await withPage({ before: keepWorkers }, async (page) => {
    await page.goto(`${ADDRESS}#depth=100&width=4096&batch=48`);
    await page.waitForFunction(() => Number(document.getElementById('sheet')?.dataset.layersA) > 0);
    await go(page, 'depth=3&width=16');
    await drawn(page, { depth: 3 });
    const heavy = await page.evaluate(() =>
      /** @type {any} */ (window).workers.map((/** @type {any} */ { jobs: [first], told }) => {
        const news = told.filter((/** @type {any} */ { id }) => id === first);
        return [news.length > 0, news.some((/** @type {any} */ { done }) => done)];
      }),
    );
    const leftUndone = [true, false];
    assert.deepEqual(heavy, [leftUndone, leftUndone]);
    assert.equal(await workers(page), 2);
  });
});

test('where no canvas can be drawn on, words and figures are there', async () => {
  const before = (/** @type {Page} */ page) =>
    page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = /** @type {any} */ (() => null);
      console.error = () => {}; // Chart.js reports each canvas
    });
  await withPage({ before }, async (page) => {
    await open(page, 'depth=3&width=16');
    await page.fill('#depth', '4');
    await drawn(page, { depth: 4 });
    assert.match(String(await page.textContent('#verdictA .sentence')), /\d/);
    assert.match(String(await page.textContent('#figures tbody')), /\d/);
  });
});

test('a canvas that was dropped and comes back is drawn again', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=3&width=16');
    const ink = () =>
      page.evaluate(() => {
        const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('#ridgeA canvas'));
        const { data } = /** @type {any} */ (canvas.getContext('2d')).getImageData(0, 0, canvas.width, canvas.height);
        return data.reduce((/** @type {number} */ sum, /** @type {number} */ value) => sum + value, 0);
      });
    const before = await ink();
    await page.evaluate(() => {
      delete document.getElementById('sheet')?.dataset.settled;
      for (const canvas of document.querySelectorAll('canvas')) {
        const context = /** @type {any} */ (canvas.getContext('2d'));
        context.clearRect(0, 0, 1e4, 1e4);
        canvas.dispatchEvent(new Event('contextlost', { cancelable: true }));
        canvas.dispatchEvent(new Event('contextrestored'));
      }
    });
    await settled(page);
    assert.ok(before > 0);
    assert.equal(await ink(), before);
  });
});

test('without any of its fonts nothing is wider than the page', async () => {
  for (const width of [1440, 390, 320]) {
    await withPage({ width }, async (page) => {
      await open(page, 'depth=3&width=16');
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet(); // the page's policy allows it, because it is not text of the document
        sheet.replaceSync('* { font-family: "no such font" !important; }');
        document.adoptedStyleSheets = [sheet];
      });
      await redraw(page);
      const over = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(await over(), 0);
    });
  }
});
