/*
 * Lessons in the browser. Each is opened by its link, predicted and revealed, and shows a measurement within its tolerance.
 * This runs in both languages, from the folder over http and from the single file on disk. The claims themselves are in
 * tests/js/lessons.test.js.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { agrees, LESSONS } from '../../web/lessons/lessons.js';
import { LESSONS_TEXTS as ENGLISH } from '../../web/locales/en/lessons.js';
import { LESSONS_TEXTS as RUSSIAN } from '../../web/locales/ru/lessons.js';
import { stateOfLesson } from '../../web/state/state.js';
import { ADDRESS, DIST, drawn, go, redraw, settled, withPage } from './browser.js';
import { outOfView } from './lesson-view.js';

const FILE = new URL('initscope.html', DIST).href;

const LAPTOP = { width: 1366, height: 768 };
const PROJECTOR = { width: 1024, height: 768 };

/** Opens a hash, as following its link would. @param {import('./browser.js').Page} page @param {string} hash
 * @param {string} [address] of the page */
async function follow(page, hash, address = ADDRESS) {
  await page.goto('about:blank');
  await page.goto(`${address}#${hash}`);
}

/** Presses Tab until an element that matches has the focus. @param {import('./browser.js').Page} page
 * @param {string} selector */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 150; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not come to ${selector}`);
}

/** Goes through the choices of a select by the arrow keys. @param {import('./browser.js').Page} page
 * @param {string} selector @param {string} value */
async function arrowTo(page, selector, value) {
  await page.keyboard.press('Home');
  for (let presses = 0; presses < 50; presses++) {
    if ((await page.inputValue(selector)) === value) return;
    await page.keyboard.press('ArrowDown');
  }
  assert.fail(`ArrowDown does not come to ${value}`);
}

/** Waits until the open lesson has been measured, and all of it drawn. @param {import('./browser.js').Page} page
 * @param {string} id */
async function measured(page, id) {
  await page.waitForSelector(`#lessons[data-lesson="${id}"][data-measured="true"]`);
  await settled(page);
}

/** What a lesson asks, and with what it answers. @param {boolean} sketches whether the reader draws a line */
const partsOf = (sketches) => {
  const predicted = sketches ? ['.lessons .question', '#rms .plot'] : ['.lessons legend', '.lessons .choices'];
  return {
    asked: [...predicted, '.lessons .reveal'],
    answered: [...predicted, '.lessons .outcome', '.lessons .found table'],
  };
};

/** The headings that can be seen of what is veiled. @param {import('./browser.js').Page} page */
const headingsOf = (page) =>
  page.$$eval('.veiled :is(h2, h3)', (all) =>
    all.filter((heading) => heading.checkVisibility()).map((heading) => /** @type {any} */ (heading).innerText),
  );

/** Presses each button of an exercise twice. @param {import('./browser.js').Page} page */
async function exercise(page) {
  const buttons = page.locator('#lessons .exercise button');
  const presses = 2 * (await buttons.count());
  for (let press = 0; press < presses; press++) await buttons.nth(press >> 1).click();
}

/**
 * What is wrong with an open lesson on the screens of laptops and projectors: parts that are not wholly in view.
 * @param {import('./browser.js').Page} page @param {string[]} selectors
 * @param {{ width: number, height: number }[]} screens in this order
 */
async function outOfScreens(page, selectors, screens) {
  const found = [];
  for (const screen of screens) {
    await page.setViewportSize(screen);
    for (const fault of await outOfView(page, selectors)) found.push(`${screen.width} x ${screen.height}: ${fault}`);
  }
  return found;
}

/** The page as a site and as one file; each in one language, as no lesson depends on both. */
const WAYS = [
  { address: ADDRESS, lang: 'en', texts: ENGLISH },
  { address: FILE, lang: 'ru', texts: RUSSIAN },
];
/* Each lesson is opened once in each language, since opening it costs the most; what is seen there is several claims. */
for (const { address, lang, texts } of WAYS) {
  const [scheme] = address.split('/');
  test(`every lesson opened by its link, ${scheme} in ${lang}`, async (context) => {
    const faults = /** @type {Record<'told' | 'view' | 'words', string[]>} */ ({ told: [], view: [], words: [] });
    await withPage(LAPTOP, async (page) => {
      for (const { id, checks, answer, sketch, steps } of LESSONS) {
        const trains = steps !== undefined;
        await follow(page, `lesson=${id}&lang=${lang}`, address);
        await (trains ? page.waitForSelector(`#lessons[data-lesson="${id}"] .ask`) : measured(page, id));
        await page.waitForSelector(`#lesson-title:text-is("${texts[id].title}")`);
        // the name of a number format is no figure
        for (const text of trains ? [] : await headingsOf(page))
          if (/\d(\.|,?\d)/.test(text.replaceAll(/bf(loat)?16/g, ''))) faults.told.push(`${id}: ${text}`);
        const { asked, answered } = partsOf(Boolean(sketch));
        for (const fault of await outOfScreens(page, asked, [LAPTOP, PROJECTOR])) faults.view.push(`${id}: ${fault}`);
        if (sketch) await page.press('#rms .pad', 'ArrowDown');
        else await page.check(`#lessons input[value="${answer}"]`);
        await page.click('#lessons .reveal');
        for (const fault of await outOfScreens(page, answered, [PROJECTOR, LAPTOP]))
          faults.view.push(`${id}, revealed: ${fault}`);
        if (trains) continue; // what it measures is in lessons-training.test.js
        const values = await page.$$eval('#lessons .measured', (cells) =>
          cells.map((cell) => Number(/** @type {HTMLElement} */ (cell).dataset.value)),
        );
        assert.equal(values.length, checks.length);
        for (const [i, check] of checks.entries()) {
          assert.ok(agrees(check, values[i]), `${id}, ${texts[id].checks[i]}: ${values[i]}, to be ${check.expected}`);
        }
        const verdicts = await page.$$eval('#lessons .agreement', (cells) => cells.map((cell) => cell.textContent));
        assert.ok(
          verdicts.every((text) => text?.startsWith('✓')),
          `${id}: ${verdicts}`,
        );
        if (lang !== 'en') continue;
        if (id === 'loss-of-guessing') assert.match(await page.locator('#verdictA h2').innerText(), /loss 2\.3/);
        await exercise(page);
        const own = ['tuneB=none', 'depth=2&tuneB=none', 'depth=1&batch=1&kind=dense&width=4'];
        const ofLine = ['stack=4-3', 'stack=4-3-layernorm-add1', 'stack=&depth=1&width=4'];
        for (const changes of stateOfLesson(id).stack ? ofLine : own) {
          await go(page, `lesson=${id}&${changes}`);
          await measured(page, id);
          const text = String(await page.textContent('#lessons'));
          if (/NaN|undefined/.test(text)) faults.words.push(`${id}, ${changes}: ${text}`);
        }
      }
    });
    const claims = {
      told: 'before the reveal, the headings of what is veiled tell no number',
      view: 'question, prediction and answer are in view together at 1366 x 768 and 1024 x 768',
      words: 'no lesson says NaN or undefined, with its buttons pressed twice and its networks changed',
    };
    for (const [name, claim] of Object.entries(claims)) {
      if (name === 'words' && lang !== 'en') continue;
      await context.test(claim, () => assert.deepEqual(faults[/** @type {keyof typeof faults} */ (name)], []));
    }
  });
}

test('before the reveal nothing that would tell the answer can be read, by eye or by ear', async () => {
  await withPage({}, async (page) => {
    await follow(page, 'lesson=pytorch-default');
    await measured(page, 'pytorch-default');
    await drawn(page);
    const seen = () =>
      page.$$eval('#verdictA .sentence, #rms canvas, #ridgeA canvas, #figures td, #run', (elements) =>
        elements.map((element) => getComputedStyle(element).visibility),
      );
    assert.deepEqual(new Set(await seen()), new Set(['hidden']));
    assert.equal(await page.$$eval('#weights.veiled', ({ length }) => length), 0);
    await page.click('#lessons .reveal');
    assert.equal(await page.textContent('#lessons .missing'), 'Choose an answer first.');
    assert.equal(await page.textContent('#spoken'), 'Choose an answer first.');
    assert.equal(await page.locator('[role=status], [aria-live]').count(), 1);
    await page.check('#lessons input[value="2"]');
    await page.click('#lessons .reveal');
    assert.deepEqual(new Set(await seen()), new Set(['visible']));
    assert.equal(
      await page.textContent('#lessons .outcome'),
      `You predicted: ${ENGLISH['pytorch-default'].choices?.[2]}.`,
    );
  });
});

test('where curves are open before the reveal, what they are called does not tell what is veiled', async () => {
  await withPage({}, async (page) => {
    await follow(page, 'lesson=tune');
    await measured(page, 'tune');
    await drawn(page);
    const told = () =>
      page.$$eval('canvas[aria-label]', (canvases) => {
        const word = document.querySelector('#verdictA .word')?.textContent;
        const open = canvases.filter((canvas) => getComputedStyle(canvas).visibility === 'visible');
        return open.filter((canvas) => canvas.getAttribute('aria-label')?.includes(String(word))).length;
      });
    assert.equal(await told(), 0);
    await page.check('#lessons input[value="0"]');
    await page.click('#lessons .reveal');
    await page.waitForFunction(() => !document.querySelector('#verdictA.veiled'));
    await redraw(page);
    assert.ok((await told()) >= 2);
  });
});

test('by keyboard alone: open, choose a lesson, draw, reveal, change a scheme, choose a layer, export, close', async () => {
  await withPage({}, async (page) => {
    await follow(page, '');
    await drawn(page);
    await tabTo(page, '#lessons-open');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#lessons[data-view="list"] a');
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await page.waitForFunction(() => document.activeElement?.id === 'lesson-title');
    await tabTo(page, '#lessons a[href="#lesson=he-30"]');
    await page.keyboard.press('Enter');
    await measured(page, 'he-30');
    assert.equal(await focused(), ENGLISH['he-30'].title);
    await tabTo(page, '#lessons .ask .quiet');
    await page.keyboard.press('Enter');
    const value = () => page.getAttribute('#rms .pad', 'aria-valuetext');
    await page.keyboard.press('End');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await value(), 'layer 30: 0.0794');
    await page.keyboard.press('ArrowLeft');
    assert.match(String(await value()), /^layer 29: 0\.08/);
    await tabTo(page, '#lessons .reveal');
    await page.keyboard.press('Enter');
    assert.match(String(await focused()), /^Your line is off by a factor of/);
    await tabTo(page, '#a');
    await arrowTo(page, '#a', 'he-uniform');
    await drawn(page, { a: 'he-uniform', depth: 30 });
    await tabTo(page, '#rms canvas');
    for (const key of ['Home', 'ArrowRight']) await page.keyboard.press(key);
    await drawn(page, { layer: 2 });
    const download = page.waitForEvent('download');
    await tabTo(page, '#rms .save');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#rms [role=menuitem]:focus');
    await page.keyboard.press('Enter');
    assert.match((await download).suggestedFilename(), /\.png$/);
    await tabTo(page, '#share');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#share-dialog');
    const numbers = page.waitForEvent('download');
    await tabTo(page, '#share-dialog .files button');
    await page.keyboard.press('Enter');
    assert.match((await numbers).suggestedFilename(), /\.csv$/);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement?.id === 'share');
    await tabTo(page, '#lessons .about button');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement?.id === 'lessons-open');
    assert.ok(await page.isHidden('#lessons'));
    await page.waitForFunction(() => location.hash === '#depth=30&width=512&a=he-uniform&layer=2');
  });
});

test('a line drawn by pointer stays over what was measured', async () => {
  await withPage({}, async (page) => {
    await follow(page, 'lesson=he-30');
    await measured(page, 'he-30');
    await drawn(page, { depth: 30 });
    await page.click('#lessons .reveal');
    assert.equal(await page.textContent('#lessons .missing'), 'Draw your line first.');
    const box = /** @type {{ x: number, y: number, width: number, height: number }} */ (
      await page.locator('#rms .pad').boundingBox()
    );
    const at = (/** @type {number} */ across, /** @type {number} */ down) =>
      page.mouse.move(box.x + across * box.width, box.y + down * box.height, { steps: 10 });
    await at(0.12, 0.25);
    await page.mouse.down();
    await at(0.88, 0.7);
    await page.mouse.up();
    const drawnAt = String(await page.getAttribute('#rms .pad', 'aria-valuetext'));
    assert.match(drawnAt, /^layer (29|30): /);
    await page.click('#lessons .reveal');
    assert.match(String(await page.textContent('#lessons .outcome')), /^Your line is off by a factor of \d/);
    assert.equal(await page.$$eval('#rms .pad', ({ length }) => length), 0);
  });
});

test('a lesson stays while the reader drags, says that its state was changed, and leads back to it', async () => {
  await withPage({}, async (page) => {
    await follow(page, 'lesson=pytorch-default');
    await measured(page, 'pytorch-default');
    await page.check('#lessons input[value="0"]');
    await page.click('#lessons .reveal');
    await page.selectOption('#a', 'he-uniform');
    await settled(page);
    await page.waitForFunction(() => location.hash === '#lesson=pytorch-default&a=he-uniform');
    assert.match(String(await page.textContent('#lessons .agreement')), /^✗/);
    assert.match(String(await page.textContent('#lessons .state')), /^You have changed the settings\./);
    await page.click('#lessons .found button:last-child');
    await settled(page);
    await page.waitForFunction(() => location.hash === '#lesson=pytorch-default');
    assert.match(String(await page.textContent('#lessons .agreement')), /^✓/);
    assert.equal(await page.inputValue('#a'), stateOfLesson('pytorch-default').a);
  });
});

test('tune until reasonable counts the tries of a hand, and LSUV beats it', async () => {
  await withPage({}, async (page) => {
    await follow(page, 'lesson=tune');
    await measured(page, 'tune');
    const yours = () => page.textContent('#lessons .yours');
    assert.match(String(await yours()), /^You: 0 tries\. The last activations have an rms of [\d.]+\s×\s10⁷/);
    for (const [count, gain] of [
      ['1 try', 0.6],
      ['2 tries', 0.44],
    ]) {
      await page.fill('#gainA', String(gain));
      await page.press('#gainA', 'Enter');
      await page.waitForFunction(
        (text) => document.querySelector('#lessons .exercise')?.textContent?.includes(`You: ${text}`),
        count,
      );
    }
    await page.waitForFunction(() => document.querySelector('#lessons .exercise')?.textContent?.includes(': in range'));
    await page.check('#lessons input[value="1"]');
    await page.click('#lessons .reveal');
    assert.match(String(await page.textContent('#lessons .exercise')), /LSUV: 40 measurements\./);
    assert.match(
      String(await page.textContent('#verdictB .agreement')),
      /LSUV took 40 measurements and found gains of 0\.\d+ to/,
    );
    // a link to this state gives the same
    await follow(page, 'lesson=tune&gainA=0.44&tuneA=lsuv');
    await measured(page, 'tune');
    await page.check('#lessons input[value="1"]');
    await page.click('#lessons .reveal');
    const agreement = String(await page.textContent('#verdictA .agreement'));
    assert.match(agreement, /LSUV took \d+ measurements/);
    // a gain set by hand no longer counts as found by LSUV
    await page.fill('#gainA', '0.5');
    await page.waitForFunction(() => !document.querySelector('#verdictA .agreement')?.textContent?.includes('LSUV'));
  });
});

test('a press on LSUV where it is on changes nothing, and says that it is on', async () => {
  await withPage({}, async (page) => {
    await follow(page, 'lesson=tune');
    await measured(page, 'tune');
    const button = page.locator('#lessons .exercise button').nth(1);
    assert.equal(await button.textContent(), 'LSUV is on for B');
    for (let press = 0; press < 2; press++) await button.click();
    await measured(page, 'tune');
    await page.check('#lessons input[value="1"]');
    await page.click('#lessons .reveal');
    const values = await page.$$eval('#lessons .measured', (cells) => cells.map((cell) => cell.textContent));
    assert.equal(values[0], '40');
    await page.fill('#gainB', '0.5');
    await page.press('#gainB', 'Enter');
    await page.waitForSelector('#lessons button:text-is("LSUV for B")');
    await measured(page, 'tune');
    const cells = await page.$$eval('#lessons .found tbody tr:first-child td', (found) =>
      found.map((td) => td.textContent),
    );
    assert.deepEqual([cells[0], cells[2]], ['–', 'not measured with these settings']);
  });
});

test('the lesson that is open can be chosen in the list: the list leaves the screen, and the lesson begins again', async () => {
  await withPage({}, async (page) => {
    await follow(page, 'lesson=he-22');
    await measured(page, 'he-22');
    await page.check('#lessons input[value="1"]');
    await page.click('#lessons .reveal');
    await page.click('#lessons-open');
    await page.click('#lessons a[href="#lesson=he-22"]');
    await page.waitForSelector('#lessons[data-view="lesson"]');
    await measured(page, 'he-22');
    assert.equal(await page.textContent('#lesson-title'), ENGLISH['he-22'].title);
    assert.equal(await page.isChecked('#lessons input[value="1"]'), false);
    assert.ok(await page.isVisible('#lessons .reveal'));
  });
});

test('the typical network: draw by draw, M over its mean is told', async () => {
  await withPage({}, async (page) => {
    await follow(page, 'lesson=typical');
    await measured(page, 'typical');
    for (let drawn = 1; drawn <= 3; drawn++) {
      await page.waitForFunction(
        (count) => document.querySelector('#lessons .exercise')?.textContent?.endsWith(`of ${count}.`),
        drawn,
      );
      await page.click('#lessons .exercise button');
    }
  });
});

test('on a phone the panel stands below the controls, and nothing is wider than the screen', async () => {
  for (const lang of ['en', 'ru']) {
    await withPage({ width: 320, height: 640 }, async (page) => {
      for (const id of ['fan-in', 'he-30', 'tune']) {
        await follow(page, `lesson=${id}&lang=${lang}`);
        await measured(page, id);
        if (id === 'he-30') await page.press('#rms .pad', 'ArrowDown');
        else await page.check('#lessons input[value="1"]');
        await page.click('#lessons .reveal');
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= 320, `${id} in ${lang}: ${width}`);
      }
    });
  }
});

test('a switch of language in the middle keeps the prediction and the reveal, and paper gets no buttons', async () => {
  await withPage({}, async (page) => {
    await follow(page, 'lesson=he-22&lang=en');
    await measured(page, 'he-22');
    await page.check('#lessons input[value="1"]');
    const title = (/** @type {Record<string, { title: string }>} */ texts) =>
      page.waitForSelector(`#lesson-title:text-is("${texts['he-22'].title}")`);
    await page.check('input[name=lang][value=ru]', { force: true });
    await title(RUSSIAN);
    assert.ok(await page.isChecked('#lessons input[value="1"]'));
    await page.click('#lessons .reveal');
    await page.check('input[name=lang][value=en]', { force: true });
    await title(ENGLISH);
    assert.equal(await page.textContent('#lessons .outcome'), `You predicted: ${ENGLISH['he-22'].choices?.[1]}.`);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    assert.equal(await page.locator('#lessons button:visible').count(), 0);
    assert.ok(await page.isVisible('#lessons .found table'));
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    assert.ok((await page.locator('#lessons button:visible').count()) > 3);
  });
});
