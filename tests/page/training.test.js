/*
 * The view Training: A and B train live, at the reader's word. A step that is sought, or opened by its address, is the same
 * to the last digit as one that is reached in one go. The view says what is settled by data-* of #training: data-rest is
 * the step at which both networks have come to rest, with all that is shown there.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settled, show, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

const SMALL = 'depth=4&width=32&batch=16&layer=2';

/** Waits until both networks have come to rest at a step. @param {Page} page @param {number} step */
const rests = (page, step) => page.waitForSelector(`#training[data-rest="${step}"][data-drawn="${step}"]`);

/** What is shown of a step, in full: the numbers of all charts of both networks. @param {Page} page */
async function numbersOf(page) {
  await settled(page);
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('#sheet details')) /** @type {any} */ (fold).open = true;
  });
  await page.waitForSelector('#learning tbody tr');
  await page.waitForSelector('#run tbody tr');
  await page.waitForSelector('#weights tbody tr');
  return page.evaluate(() => {
    const textsOf = (/** @type {string} */ selector) =>
      [...document.querySelectorAll(selector)].map((element) => String(element.textContent)).join('|');
    // all data are also evaluated at each step where the reader has been: only the last such row is the same
    const batch = ':is(th, td:nth-child(2), td:nth-child(3), td:nth-child(8), td:nth-child(9))';
    const curves = textsOf(`#learning tbody tr:last-child`) + textsOf(`#learning tbody tr > ${batch}`);
    const others = ['#ratio table', '#weights table', '#ridgeA table', '#ridgeB table', '#run'].map(textsOf);
    return [textsOf('.told'), curves, ...others];
  });
}

/** Opens an address in a fresh page, and waits until it rests at a step. @param {Page} page @param {string} hash
 * @param {number} step */
async function openAt(page, hash, step) {
  await page.goto('about:blank');
  await show(page, hash);
  await rests(page, step);
}

test('a step that is sought, and one that an address opens, show the very numbers of one that is reached by steps', async () => {
  await withPage({ height: 1400 }, async (page) => {
    await show(page, `${SMALL}&lang=en`);
    await page.click('#training-open');
    await rests(page, 0);
    assert.ok(await page.evaluate(() => document.activeElement?.matches('#training .play')), 'the keyboard is there');
    assert.equal(await page.innerText('#training .first'), 'after one iteration');
    await page.click('#training .first');
    await rests(page, 1);
    assert.equal(await page.innerText('#training .first'), 'to step 1', 'pressed later, it leads back');
    for (const step of [2, 3]) {
      await page.click('#training .one');
      await rests(page, step);
    }
    const reached = await numbersOf(page);
    assert.match(reached[0], /After 3 steps: accuracy \d/);
    assert.ok(reached[1].length > 100 && reached[2].length > 20 && reached[3].length > 100);

    await page.fill('#training-step', '60');
    await page.press('#training-step', 'Enter');
    await rests(page, 60);
    const further = await numbersOf(page);
    assert.notDeepEqual(further[3], reached[3], 'the weights have moved');
    await page.waitForFunction(() => location.hash.includes('step=60'));
    const address = await page.evaluate(() => location.hash);

    await page.fill('#training-step', '3');
    await page.press('#training-step', 'Enter');
    await rests(page, 3);
    const again = await numbersOf(page);
    for (const i of [2, 3, 4, 5, 6]) assert.equal(again[i], reached[i]);

    await openAt(page, address.slice(1), 60);
    assert.deepEqual(await numbersOf(page), further, 'reopened');
  });
});

test('both networks play, meet where they are paused, and end by themselves; the end is spoken once', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en&train=spirals-adam-rate=0.01`);
    await rests(page, 0);
    await page.evaluate(() => {
      const region = /** @type {HTMLElement} */ (document.getElementById('spoken'));
      const seen = /** @type {any} */ (window);
      seen.spoken = [];
      new MutationObserver(() => region.textContent && seen.spoken.push(region.textContent)).observe(region, {
        childList: true,
      });
    });
    await page.click('#training .play');
    await page.evaluate(async () => {
      const [view, play] = ['#training', '#training .play'].map(
        (selector) => /** @type {any} */ (document.querySelector(selector)),
      );
      while (!(Number(view.dataset.step) > 20)) await new Promise(requestAnimationFrame);
      if (play.dataset.playing === 'true') play.click(); // a machine that was busy meanwhile may have come to the end
    });
    await page.waitForSelector('#training[data-rest]');
    const paused = Number(await page.getAttribute('#training', 'data-rest'));
    assert.ok(paused > 20);
    assert.equal(await page.inputValue('#training-step'), String(paused));
    await page.waitForFunction((step) => location.hash.includes(`step=${step}`), paused);
    const spoken = () => page.evaluate(() => /** @type {any} */ (window).spoken);
    assert.equal((await spoken()).length, 1);
    assert.match((await spoken())[0], /^A: .+ After \d+ steps: accuracy .+ B: /);
    if (paused < 1000) {
      await page.click('#training .play');
      await rests(page, 1000);
      assert.equal((await spoken()).length, 2);
    }
    assert.equal(await page.getAttribute('#training .play', 'data-playing'), 'false');
    assert.equal(await page.innerText('#training .speed'), 'stopped here; “play” goes on');
  });
});

test('a change of the rate is noted at its step, a change of the network starts anew and says so', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en&train=digits-sgd-rate=0.01-decay=0.1-step=20`);
    await rests(page, 20);
    await page.fill('#training-rate', '0,5');
    await page.press('#training-rate', 'Enter');
    await page.waitForFunction(() => location.hash.includes('rates=20=0.5'));
    assert.match(await page.innerText('#training .rates'), /0\.5 from step 20/);
    assert.match(await page.innerText('#training .rates'), /Weight decay: 0\.1\./);
    await page.click('#training .one');
    await rests(page, 21);
    await page.selectOption('#b', 'zeros');
    await rests(page, 0);
    assert.equal(await page.innerText('#note'), 'Networks changed. Training starts anew.');
    await page.waitForFunction(() => !location.hash.includes('step=') && !location.hash.includes('rates='));
    await page.click('#training .one');
    await rests(page, 1);
    await page.selectOption('#training-optimizer', 'adam');
    await rests(page, 0);
    for (const place of ['#note', '#training .rates'])
      assert.match(await page.innerText(place), /^Optimizer: Adam, learning rate: 0\.001\. Training starts anew\./);
  });
});

test('a network that diverges at a rate far too high says nothing of its signal, and its outcome is explained', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en&train=digits-step=20`);
    await rests(page, 20);
    await page.fill('#training-rate', '30');
    await page.press('#training-rate', 'Enter');
    await page.waitForFunction(() => location.hash.includes('rates=20=30'));
    await page.fill('#training-step', '40');
    await page.press('#training-step', 'Enter');
    await rests(page, 40);
    for (const told of ['.told.A', '.told.B'])
      assert.match(
        await page.innerText(told),
        /^.*\s+Diverges\s.+\s.*The learning rate is far above the usual 0\.003, so this says nothing about the signal\./,
      );
    await page.click('.told.A .word');
    assert.match(await page.innerText('#tip'), /Stands still: /);
  });
});

test('random labels are memorized, not learned', async () => {
  await withPage({}, async (page) => {
    const wide = 'depth=2&width=100&batch=64&layer=2';
    await show(page, `${wide}&lang=en&train=digits-labels=random-rate=0.01-step=600`);
    await rests(page, 600);
    assert.match(await page.innerText('.told.B'), /\sMemorizes\s+After 600 steps: .+\s.+So far, training agrees\./);
  });
});

/** Lets so many frames pass. @param {Page} page @param {number} count */
const frames = (page, count) =>
  page.evaluate(async (last) => {
    for (let frame = 0; frame < last; frame++) await new Promise(requestAnimationFrame);
  }, count);

test('no press is lost: of play before the step of the address is there, of one step, and of a change taken back', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en&train=digits-step=1100`);
    await page.click('#training .play');
    await rests(page, 2000);
    await page.waitForFunction(() => location.hash.includes('step=2000'));
    await page.evaluate(() => {
      const one = /** @type {HTMLElement} */ (document.querySelector('#training .one'));
      for (let press = 0; press < 5; press++) one.click();
    });
    await rests(page, 2005);
    const scheme = await page.inputValue('#b');
    await page.evaluate((before) => {
      const menu = /** @type {HTMLSelectElement} */ (document.querySelector('#b'));
      for (const value of ['zeros', before]) {
        menu.value = value;
        for (const type of ['input', 'change']) menu.dispatchEvent(new Event(type, { bubbles: true }));
      }
    }, scheme);
    await frames(page, 60); // more than a quarter of a second
    await rests(page, 2005);
    assert.doesNotMatch(await page.innerText('#note'), /starts anew/);
  });
});

test('a search that the reader no longer sees does not go on, until the view is shown again', async () => {
  const before = (/** @type {Page} */ page) =>
    page.addInitScript(() => {
      const seen = /** @type {any} */ (window);
      seen.heard = 0;
      seen.Worker = class extends Worker {
        /** @param {string} address */
        constructor(address) {
          super(address);
          this.addEventListener('message', ({ data }) => {
            if (data.type === 'news' && data.points) seen.heard++;
          });
        }
      };
    });
  await withPage({ before }, async (page) => {
    const heard = () => page.evaluate(() => /** @type {any} */ (window).heard);
    await show(page, `${SMALL}&lang=en&train=digits`);
    await rests(page, 0);
    await page.fill('#training-step', '100000');
    await page.press('#training-step', 'Enter');
    await page.waitForFunction(() => Number(document.getElementById('training')?.dataset.step) > 50);
    await page.click('#training-open');
    await frames(page, 60); // both meet
    const count = await heard();
    await frames(page, 30);
    assert.equal(await heard(), count);
    await page.click('#training-open');
    await page.waitForFunction((last) => /** @type {any} */ (window).heard > last, count);
    assert.match(await page.innerText('#training .speed'), /100,000/);
  });
});

test('a rate that is no number, and a step out of range, are told with their range, and nothing is lost', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=ru&train=digits-rate=0.01-step=5`);
    await rests(page, 5);
    assert.equal(await page.inputValue('#training-rate'), '0,01');
    const type = async (/** @type {string} */ field, /** @type {string} */ text, /** @type {RegExp} */ said) => {
      await page.fill(field, text);
      await page.press(field, 'Enter');
      await page.waitForFunction(
        (wanted) => new RegExp(wanted).test(String(document.getElementById('note')?.textContent)),
        said.source,
      );
    };
    await type(
      '#training-rate',
      'много',
      /^Скорость обучения — число от 0 до 1.000.000\. «много» таким числом не является/,
    );
    assert.match(page.url(), /rate=0\.01-step=5/);
    await page.waitForFunction(
      () => /** @type {any} */ (document.getElementById('training-rate')).value === '0,01', // from the next frame on
    );
    await type('#training-step', '-5', /^Шаг — число от 0 до 100.000\. Вместо -5 взято 0\./);
    await rests(page, 0);
  });
});

test('where no theory is drawn, none is named', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en`);
    assert.match(await page.innerText('#rms figcaption'), /Thin lines: theory/);
    assert.match(await page.innerText('#correlation figcaption'), /Thin lines: theory/);
    await page.click('#training-open');
    await rests(page, 0);
    await settled(page);
    const told = () =>
      page.$$eval('#rms canvas, .ridge canvas', (all) => all.map((one) => String(one.getAttribute('aria-label'))));
    assert.doesNotMatch(String(await told()), /Multiply|Nothing needs|theory/, 'weights in training get no advice');
    for (const chart of ['rms', 'correlation', 'dead'])
      assert.doesNotMatch(await page.innerText(`#${chart} figcaption`), /theory/, chart);
    assert.equal(await page.isVisible('#legend [data-line=theory]'), false);
    await page.click('#training-open');
    await settled(page);
    assert.match(String(await told()), /Nothing needs to change\. As theory predicts/);
    await show(page, `${SMALL}&lang=en&a=zeros&b=zeros`);
    assert.doesNotMatch(await page.innerText('#rms figcaption'), /theory/);
  });
});

test('what an address says wrong is put right in one line, and both languages say all', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en&train=digits-rate=NaN-step=5-nonsense`);
    await rests(page, 5);
    assert.match(await page.innerText('#note'), /rate=NaN \(0\.003 is used\).*nonsense/);
    await page.check('input[name=lang][value=ru]', { force: true });
    await page.waitForFunction(() => document.querySelector('#training .play')?.textContent === 'обучать');
    assert.match(await page.innerText('.told.A'), /После 5 шагов: точность/);
    assert.doesNotMatch(await page.innerText('#training'), /\b(step|loss|accuracy|after|undefined|NaN)\b/i);
  });
});

test('on a phone a second press of play finds pause, and the other buttons stay where they are, in both languages', async () => {
  await withPage({ width: 390, height: 844 }, async (page) => {
    for (const lang of ['en', 'ru']) {
      await show(page, `${SMALL}&lang=${lang}&train=digits`);
      await rests(page, 0);
      const boxes = () =>
        page.$$eval('#training .keys button', (keys) => {
          const top = Number(keys[0].parentElement?.getBoundingClientRect().top);
          const boxOf = (/** @type {Element} */ key) => key.getBoundingClientRect();
          const cut = keys.filter((key) => key.scrollWidth > key.clientWidth || key.scrollHeight > key.clientHeight);
          const places = keys.map(boxOf).map(({ left, right, top: y, bottom }) => [left, right, y - top, bottom - top]);
          return { places, cut: cut.map(({ textContent }) => textContent) };
        });
      const before = await boxes();
      assert.deepEqual(before.cut, []);
      await page.click('#training .play');
      await page.waitForFunction(() => Number(document.getElementById('training')?.dataset.step) > 2);
      assert.deepEqual(await boxes(), before);
      await page.click('#training .reset');
      await rests(page, 0);
    }
  });
});

test('what plays stays in view while the charts of the training are read, on a phone too, and covers no more than a half', async () => {
  for (const [width, height] of [
    [390, 844],
    [1440, 900],
  ]) {
    await withPage({ width, height }, async (page) => {
      await show(page, `${SMALL}&lang=en&train=digits`);
      await rests(page, 0);
      const { top, bottom, below } = await page.evaluate(async () => {
        const boxOf = (/** @type {string} */ name) =>
          /** @type {Element} */ (document.querySelector(name)).getBoundingClientRect();
        scrollTo(0, scrollY + boxOf('#ratio').top - 300);
        await new Promise(requestAnimationFrame);
        return { ...boxOf('#training .bar').toJSON(), below: boxOf('#controls').bottom };
      });
      assert.ok(Math.abs(top - below) <= 1 && bottom < height / 2, `${width}: ${top}, ${bottom}, ${below}`);
      const focused = await page.evaluate(async () => {
        scrollTo(0, document.body.scrollHeight);
        const save = /** @type {HTMLElement} */ (document.querySelector('#ratio .save'));
        save.focus();
        await new Promise(requestAnimationFrame);
        return save.getBoundingClientRect().top;
      });
      assert.ok(focused >= bottom, `${width}: what has the focus is at ${focused}, below ${bottom}`);
    });
  }
});

test('layers that cannot take the data say why, and the button leads back to the signal', async () => {
  await withPage({}, async (page) => {
    await show(page, 'kind=conv&depth=2&channels=4&size=8&lang=en&train=spirals');
    await page.waitForSelector('#training[data-rest]');
    assert.match(await page.innerText('.told.A'), /These layers take images, and a point has only two numbers/);
    await page.fill('#training-rate', '0.5');
    await page.press('#training-rate', 'Enter');
    await page.waitForFunction(() => location.hash.includes('rate=0.5'));
    assert.doesNotMatch(await page.innerText('#note'), /changes of the learning rate/);
    await page.selectOption('#training-data', 'digits');
    await rests(page, 0);
    assert.match(await page.innerText('.told.A'), /At the start: accuracy/);
    await page.click('#training-open');
    await page.waitForSelector('#training', { state: 'hidden' });
    assert.ok(await page.isVisible('#verdictA'));
    await page.waitForFunction(() => !location.hash.includes('train='));
  });
});

test('what is printed of a training says what was trained, on what, how and how far, and its link leads there', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en&train=digits-adam-as=keras-step=5-rates=3=0.01`);
    await rests(page, 5);
    const print = () =>
      page.evaluate(() => {
        dispatchEvent(new Event('beforeprint'));
        const lines = [...document.querySelectorAll('.state')].map((line) => String(line.textContent));
        const asks = document.querySelector('#learning .act')?.checkVisibility();
        dispatchEvent(new Event('afterprint'));
        return { lines, asks };
      });
    const { lines, asks } = await print();
    assert.equal(asks, false, 'paper is not clicked');
    assert.equal(lines[0], '4 dense layers of 32 units, activation ReLU, batch 16, seed 1');
    const trained =
      'trained on digits, 8 × 8; pixels standardized; Adam as in Keras; learning rate 0.001, 0.01 from step 3; step 5';
    assert.equal(lines[3], trained);
    assert.match(lines[4], /train=digits-adam-as=keras-step=5-rates=3=0\.01/);
    await page.fill('#training-step', '2');
    await page.press('#training-step', 'Enter');
    await rests(page, 2);
    assert.match((await print()).lines[3], /step 2$/);
    await page.click('#training-open');
    await page.waitForSelector('#training', { state: 'hidden' });
    await settled(page);
    assert.match((await print()).lines[0], /input normal/);
  });
});

test('the input and the loss of the signal are out of use while training, and say why; the output layer is told', async () => {
  await withPage({}, async (page) => {
    await show(page, `${SMALL}&lang=en&train=digits`);
    await rests(page, 0);
    for (const id of ['#input', '#loss']) {
      assert.ok(await page.isDisabled(id));
      assert.match(String(await page.getAttribute(id, 'title')), /Training has its own input/);
    }
    assert.match(await page.innerText('.told.A h3'), /^A Xavier normal \+ output layer of 10$/);
    await page.click('#training-open');
    await page.waitForSelector('#training', { state: 'hidden' });
    for (const id of ['#input', '#loss']) assert.ok(await page.isEnabled(id));
    await show(page, `${SMALL}&lang=en&head=linear&train=digits`);
    await page.waitForFunction(() => /normal\s*$/.test(String(document.querySelector('.told.A h3')?.textContent)));
  });
});

test('a step that is reached and evaluated between two frames is in the address too', async () => {
  const before = (/** @type {Page} */ page) =>
    page.addInitScript(() => {
      const seen = /** @type {any} */ (window);
      seen.heard = [];
      seen.Worker = class extends Worker {
        /** @param {string} address */
        constructor(address) {
          super(address);
          this.addEventListener('message', ({ data }) => seen.heard.push(data));
        }
      };
      const request = seen.requestAnimationFrame.bind(window);
      /** @type {FrameRequestCallback[]} */
      const waiting = [];
      seen.requestAnimationFrame = (/** @type {FrameRequestCallback} */ act) =>
        seen.holds ? waiting.push(act) : request(act);
      seen.release = () => {
        seen.holds = false;
        for (const act of waiting.splice(0)) request(act);
      };
    });
  await withPage({ before }, async (page) => {
    await show(page, `${SMALL}&lang=en&train=digits`);
    await rests(page, 0);
    await page.evaluate(() => {
      /** @type {any} */ (window).holds = true;
    });
    await page.fill('#training-step', '7');
    await page.press('#training-step', 'Enter');
    const isThere = () => {
      const { heard } = /** @type {any} */ (window);
      const seen = heard.filter((/** @type {any} */ { type, step }) => type === 'seen' && step === 7);
      const scored = heard.filter((/** @type {any} */ { scores }) => scores?.at(-5) === 7);
      return seen.length === 2 && scored.length === 2;
    };
    await page.waitForFunction(isThere, null, { polling: 50 }); // not in frames, which are held
    await page.evaluate(() => /** @type {any} */ (window).release());
    await page.waitForFunction(() => location.hash.includes('train=digits-step=7'));
  });
});
