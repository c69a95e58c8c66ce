/*
 * The page is accessible. axe-core finds nothing in any state, the keyboard reaches everything, targets are large enough,
 * and nothing is lost under large text, wide spacing or the system's colours. A new state is a line of STATES.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { drawn, lookAtFormulas, open, openFolds, redraw, settled, show, twoFrames, withPage } from './browser.js';

/** @typedef {import('playwright-core').Page} Page */

/** axe-core as text, because the page's policy allows no other script. */
const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core')), 'utf8');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Those of these rules that depend on colours. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** Where a style sheet speaks of themes: a rule, or what it says for the system's theme. */
const BLOCKS_OF_THEMES = /[^{};]*\[data-theme[^{]*\{[^}]*\}|@media[^{]*prefers-color-scheme[^{]*\{([^{}]*\{[^{}]*\})*/g;

/** @param {Page} page */
const measured = (page) => page.waitForSelector('#lessons[data-measured="true"]');

/** @param {Page} page */
async function reveal(page) {
  await measured(page);
  const choice = page.locator('#lessons input[value="0"]');
  if (await choice.count()) await choice.check();
  else await page.press('#rms .pad', 'ArrowDown');
  await page.click('#lessons .reveal');
}

/** @param {Page} page */
async function listLessons(page) {
  await page.click('#lessons-open');
  await page.waitForSelector('#lessons a');
}

/** @param {Page} page */
async function share(page) {
  await page.click('#share');
  await page.waitForSelector('#share-dialog');
}

/** @param {Page} page */
async function openSaveMenu(page) {
  await page.click('#rms .save');
  await page.waitForSelector('#rms [role=menu]');
}

/** @param {Page} page */
async function openGlossary(page) {
  await page.click('.glossary:visible');
  await page.waitForSelector('#glossary-dialog');
}

/** @param {Page} page */
async function explain(page) {
  await page.click('#rms .term');
  await page.waitForSelector('#tip');
}

/** Opens the table of the reader's own layers. @param {Page} page */
async function editLayers(page) {
  await page.click('.edit');
  await page.waitForSelector('.rows li');
}

/** Waits until the view Training shows where it rests. @param {Page} page */
const trained = (page) => page.waitForSelector('#training[data-rest]:not([data-drawn="-1"])');

/** Waits until the phase map is drawn. @param {Page} page */
const mapped = (page) => page.waitForSelector('#phase[data-drawn="selu A B"]');

/** Waits until the view Libraries has all, and shows all surprises. @param {Page} page */
async function showLibraries(page) {
  await page.waitForSelector('#libraries[data-drawn="true"]');
  await page.click('.more-surprises');
}

/** Searches in the view Libraries. @param {Page} page */
async function searchLibraries(page) {
  await page.waitForSelector('#libraries[data-drawn="true"]');
  await page.fill('#library-search', 'he_normal');
  await page.waitForSelector('.results .A');
}

/** Predicts in a lesson that trains, and waits for what training shows. @param {Page} page */
async function revealTraining(page) {
  await trained(page);
  await page.check('#lessons input[value="0"]');
  await page.click('#lessons .reveal');
  await page.waitForSelector('#lessons[data-measured="true"]');
  await trained(page);
}

/** Opens the map, trains a part of it and its table. @param {Page} page */
async function fillMap(page) {
  await page.waitForSelector('.map-body[data-running="false"]');
  await page.selectOption('#map-steps', '30');
  await page.click('.map .fill');
  await page.waitForFunction(() => Number(/** @type {any} */ (document.querySelector('.map-body')).dataset.done) > 2);
  await page.click('.map .fill');
  await page.waitForSelector('.map-body[data-running="false"]');
  await page.click('#map .numbers summary');
}

/** Writes a line that cannot be read. @param {Page} page */
async function mistype(page) {
  await editLayers(page);
  await page.fill('#stack-line', '64-30-conw6-10');
}

/**
 * The states to test: an address, and what is done there.
 * @type {Record<string, { hash: string, act?: (page: Page) => Promise<unknown> }>}
 */
const STATES = {
  dense: { hash: 'depth=4&width=32' },
  'images with all folds open': { hash: 'kind=conv&depth=3&channels=4&size=12&head=linear', act: openFolds },
  'dense with all folds open': {
    hash: 'depth=3&width=32&loss=cross-entropy&fansB=keras&takenA=variance',
    act: openFolds,
  },
  'the list of lessons': { hash: 'depth=3&width=32', act: listLessons },
  'a lesson before the reveal': { hash: 'lesson=fan-in', act: measured },
  'a lesson after the reveal': { hash: 'lesson=pytorch-default', act: reveal },
  'a lesson whose line is to be drawn': { hash: 'lesson=cs231n-xavier', act: measured },
  'a lesson whose line is drawn': { hash: 'lesson=cs231n-xavier', act: reveal },
  'a lesson with an exercise': { hash: 'lesson=tune', act: measured },
  'the dialog of sharing': { hash: 'depth=3&width=32', act: share },
  'the menu that saves a chart': { hash: 'depth=3&width=32', act: openSaveMenu },
  'the glossary': { hash: 'depth=3&width=32', act: openGlossary },
  'a term that is explained': { hash: 'depth=3&width=32', act: explain },
  'own layers, one of them different in B': {
    hash: 'stack=12x12x1-conv4:5x5:normal=0.1-maxpool2-convT3-flatten-20-10&changeB=1=conv4:3x3&batch=4',
    act: editLayers,
  },
  'own layers that cannot be read': { hash: 'stack=64-30-10&batch=4', act: mistype },
  'training on digits': { hash: 'train=digits-step=3-rates=2=0.1&depth=3&width=32', act: trained },
  'a lesson that trains, before the reveal': { hash: 'lesson=trains-zeros', act: trained },
  'a lesson that trains, after the reveal': { hash: 'lesson=trains-zeros', act: revealTraining },
  'the map of trainable depth': { hash: 'train=digits-map&depth=3&width=32', act: fillMap },
  'the phase map': { hash: 'phase=1&activation=selu&depth=3&width=32', act: mapped },
  'the defaults of a library': { hash: 'libraries=PyTorch&depth=3&width=32', act: showLibraries },
  'a surprise, and what a search found': { hash: 'libraries=keras-attention&depth=3&width=32', act: searchLibraries },
  'training on points': { hash: 'train=spirals-step=20&depth=3&width=32', act: trained },
  'a frame with controls': { hash: 'embed=1&show=a,b,depth,activation,layer&depth=3&width=32' },
  'a frame of a lesson': { hash: 'embed=1&lesson=pytorch-default', act: reveal },
  'refused by the engine, and told so': { hash: 'depth=2&width=4096&a=orthogonal&b=orthogonal&bogus=1' },
};

/** Opens a state afresh and does what belongs to it. @param {Page} page @param {string} name @param {string} choices */
async function enter(page, name, choices) {
  const { hash, act } = STATES[name];
  await page.goto('about:blank');
  await show(page, `${hash}&${choices}`);
  await act?.(page);
}

/** What axe-core finds in the page, into which its script was put. @param {Page} page @param {object} runOnly */
const violationsIn = (page, runOnly) =>
  page.evaluate(async (only) => {
    const { violations } = await /** @type {any} */ (window).axe.run(document, {
      runOnly: only,
      resultTypes: ['violations'], // the others are not worked out
    });
    return violations.flatMap((/** @type {any} */ { id, nodes }) =>
      nodes.map((/** @type {any} */ node) => `${id}: ${node.html.slice(0, 120)}`),
    );
  }, runOnly);

/** What is out of reach in a window as small as zoom leaves it. @param {Page} page */
const outOfReach = (page) =>
  page.evaluate(() => {
    const targets = 'a[href], button, input, select, summary, [tabindex="0"]';
    const found = [...document.querySelectorAll(targets)].flatMap((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      const fits = width === 0 || element.matches('.skip') || (left >= 0 && right <= innerWidth);
      return fits ? [] : [`${element.outerHTML.slice(0, 80)}: ${left} to ${right}`];
    });
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page');
    const { position } = getComputedStyle(/** @type {Element} */ (document.getElementById('controls')));
    if (position === 'sticky') found.push('controls take the room');
    return found;
  });

/**
 * Each language with the system's themes, in this order. Under the first, axe-core applies all of its rules. The other
 * changes colours only, as a test below checks, so the rules on colours are enough.
 */
const ORDERS = /** @type {const} */ ({ en: ['light', 'dark'], ru: ['dark', 'light'] });

/* 1440 x 900 at 200 % are 720 x 450 CSS pixels, and 1280 x 1024 at 400 % are 320 x 256. */
const ZOOMED = [
  { width: 720, height: 450 },
  { width: 320, height: 256 },
];

for (const name of Object.keys(STATES)) {
  test(`axe-core finds nothing, and where zoom leaves less room all is in reach: ${name}`, async () => {
    await withPage({}, async (page) => {
      for (const [lang, [first, second]] of Object.entries(ORDERS)) {
        await page.setViewportSize({ width: 1440, height: 1200 });
        await page.emulateMedia({ colorScheme: first });
        await enter(page, name, `lang=${lang}`);
        await redraw(page);
        await page.evaluate(AXE);
        assert.deepEqual(await violationsIn(page, { type: 'tag', values: RULES }), [], `${first}, ${lang}`);
        await page.emulateMedia({ colorScheme: second });
        await page.waitForSelector(`[data-theme=${second}]`);
        assert.deepEqual(await violationsIn(page, { type: 'rule', values: COLOUR_RULES }), [], `${second}, ${lang}`);
        for (const size of ZOOMED) {
          await page.setViewportSize(size);
          await twoFrames(page);
          await settled(page);
          assert.deepEqual(await outOfReach(page), [], `${size.width} x ${size.height}, ${lang}`);
        }
      }
    });
  });
}

test('the dark theme changes colours only', () => {
  const folder = new URL('../../web/css/', import.meta.url);
  const blocks = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css'))
    .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').match(BLOCKS_OF_THEMES) ?? []);
  const properties = blocks.flatMap((block) => [...block.matchAll(/([\w-]+)\s*:[^:;{}]+;/g)].map(([, name]) => name));
  assert.ok(properties.length > 12);
  for (const name of properties) assert.match(name, /^(--\w+|color-scheme|background)$/);
});

test('every target is at least 24 pixels wide and high', async () => {
  for (const width of [1440, 390, 320]) {
    await withPage({ width, height: 844 }, async (page) => {
      for (const lang of ['en', 'ru']) {
        await open(page, `kind=conv&depth=3&channels=4&size=12&a=normal&lang=${lang}`);
        await openFolds(page);
        const small = await page.evaluate(() => {
          const targets = 'a[href], button, input, select, summary, [tabindex="0"]';
          return [...document.querySelectorAll(targets)].flatMap((element) => {
            const box = (
              element.matches('[type=radio]')
                ? element.nextElementSibling
                : element.matches('.legend input')
                  ? element.parentElement
                  : element
            )?.getBoundingClientRect();
            if (!box || box.width === 0 || element.matches('.skip')) return [];
            return Math.min(box.width, box.height) < 24 - 1e-3
              ? [`${element.outerHTML.slice(0, 70)}: ${Math.round(box.width)} x ${Math.round(box.height)}`]
              : [];
          });
        });
        assert.deepEqual(small, [], `${width} ${lang}`);
      }
    });
  }
});

test('the verdicts are spoken once, when a drag has ended and the whole answer is there', async () => {
  await withPage({}, async (page) => {
    await open(page, 'depth=4&width=64&lang=en');
    await page.evaluate(() => {
      const region = /** @type {HTMLElement} */ (document.getElementById('spoken'));
      const seen = /** @type {any} */ (window);
      seen.spoken = [];
      new MutationObserver(() => region.textContent && seen.spoken.push(region.textContent)).observe(region, {
        childList: true,
      });
    });
    const spoken = () => page.evaluate(() => /** @type {any} */ (window).spoken);
    const box = await page.locator('input[type=range][name=depth]').boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + 10, box.y + box.height / 2);
    await page.mouse.down();
    for (let x = 10; x < 90; x += 10) await page.mouse.move(box.x + x, box.y + box.height / 2);
    await drawn(page, { depth: await page.inputValue('#depth') });
    assert.deepEqual(await spoken(), [], 'during the drag');
    await page.mouse.up();
    await page.waitForFunction(() => /** @type {any} */ (window).spoken.length > 0);
    assert.match((await spoken())[0], /^A: \S.+ B: Scale kept(; .+)?\. After /);
    await page.keyboard.press('End'); // one key press counts as a whole drag
    await drawn(page, { depth: 100 });
    assert.equal((await spoken()).length, 2, 'once for the drag, and once for the key');
    await page.check('input[name=lang][value=ru]', { force: true });
    await page.waitForFunction(() => /^A: Сигнал затухает/.test(/** @type {any} */ (window).spoken.at(-1)));
    assert.equal(await page.getAttribute('input[type=range][name=depth]', 'aria-valuetext'), '100 слоёв');
    assert.equal(await page.locator('[role=status], [aria-live]').count(), 1);
  });
});

test('the keyboard comes to everything in the order it is read, sees where it is, and is never under the controls', async () => {
  for (const [width, height] of [
    [1440, 900],
    [1024, 768],
    [390, 844],
  ]) {
    await withPage({ width, height }, async (page) => {
      await open(page, 'kind=conv&depth=3&channels=4&size=12&a=normal');
      await openFolds(page);
      const total = await page.evaluate(() => {
        const seen = /** @type {any} */ (window);
        const reachable =
          'a[href], button, input:not([type=radio]), :checked[type=radio], select, summary, [tabindex="0"]';
        seen.wanted = [...document.querySelectorAll(reachable)].filter(
          (element) => element.getClientRects().length > 0,
        );
        return seen.wanted.length;
      });
      for (let i = 0; i < total; i++) {
        await page.keyboard.press('Tab');
        const found = await page.evaluate((place) => {
          const focused = /** @type {HTMLElement} */ (document.activeElement);
          const wanted = /** @type {any} */ (window).wanted[place];
          const eye = focused.matches('[type=radio]')
            ? /** @type {HTMLElement} */ (focused.nextElementSibling)
            : focused;
          const { outlineStyle, outlineWidth } = getComputedStyle(eye);
          const { left, top, width, height } = eye.getBoundingClientRect();
          const points = [
            [0.5, 2 / height],
            [0.5, 0.5],
            [0.5, 1 - 2 / height],
          ].filter(([, y]) => top + y * height < innerHeight);
          return {
            isNext: focused === wanted,
            wanted: wanted.outerHTML.slice(0, 80),
            focused: focused.outerHTML.slice(0, 80),
            ringed: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
            hidden: points.flatMap(([x, y]) => {
              const above = document.elementFromPoint(left + x * width, top + y * height);
              return above && (eye.contains(above) || above.contains(eye)) ? [] : [above?.outerHTML.slice(0, 60)];
            }),
            away: top + height <= 0 || top >= innerHeight,
          };
        }, i);
        assert.deepEqual(found, { ...found, isNext: true, ringed: true, hidden: [], away: false }, `${width}: ${i}`);
      }
    });
  }
});

test('formulas are MathML with the very numbers of their lines, for every scheme in both languages', async () => {
  await withPage({}, async (page) => {
    const seen = new Set();
    for (const lang of ['en', 'ru']) {
      for (const kind of ['dense', 'conv']) {
        await open(
          page,
          `kind=${kind}&depth=2&width=16&channels=4&size=8&batch=4&gainA=2.5&takenB=variance&lang=${lang}`,
        );
        await lookAtFormulas(page);
        const schemes = await page.evaluate(() =>
          [...document.querySelectorAll('#a optgroup[data-name] option')].map(
            (option) => /** @type {any} */ (option).value,
          ),
        );
        for (const scheme of schemes) {
          await page.selectOption('#a', scheme);
          await page.selectOption('#b', scheme);
          await page.waitForFunction((name) => {
            const { a, b, settled } = document.getElementById('sheet')?.dataset ?? {};
            return a === name && b === name && settled;
          }, scheme);
          const formulas = await page.evaluate(() =>
            [...document.querySelectorAll('.lines math')].map((math) => [
              String(math.getAttribute('alttext')),
              String(math.textContent),
              `${math.querySelectorAll('mfrac').length} ${math.querySelectorAll('msqrt').length}`,
            ]),
          );
          for (const [line, set, shapes] of formulas) {
            const plain = line.normalize('NFKC').replace('\u2044', '/');
            const digits = (/** @type {string} */ text) => text.normalize('NFKC').match(/[\d.,]*\d/g) ?? [];
            assert.deepEqual(digits(set).join(''), digits(plain).join(''), `${scheme}: ${line}`);
            const [fractions, roots] = ['/', '√'].map((sign) => line.split(sign).length - 1);
            assert.equal(shapes, `${fractions} ${roots}`, line);
            assert.doesNotMatch(set, /[/√_⁰¹²³⁴-⁹]/, line);
            seen.add(line);
          }
        }
      }
    }
    assert.ok(seen.size > 60);
  });
});

test('in the colours of the system what is chosen and each chart are still to be seen', async () => {
  const before = (/** @type {Page} */ page) => page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  await withPage({ before }, async (page) => {
    await open(page, 'depth=6&width=64');
    const [chosen, other] = await page.evaluate(() =>
      [':checked', ':not(:checked)'].map(
        (which) =>
          getComputedStyle(/** @type {Element} */ (document.querySelector(`.view .segments ${which} + span`)))
            .backgroundColor,
      ),
    );
    assert.notEqual(chosen, other);
    for (const chart of ['#rms', '#ridgeA', '#ridgeB', '#weights', '#correlation', '#detail']) {
      const share = await page.evaluate((selector) => {
        const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector(`${selector} canvas`));
        const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        let light = 0; // pixels that stand out from the system's black canvas
        for (let i = 0; i < data.length; i += 4)
          if (data[i + 3] > 128 && data[i] + data[i + 1] + data[i + 2] > 380) light++;
        return light / (data.length / 4);
      }, chart);
      assert.ok(share > 0.002, `${chart}: ${share}`);
    }
  });
});

test('wide spacing of text makes nothing wider than 320 pixels', async () => {
  await withPage({ width: 320, height: 844 }, async (page) => {
    for (const lang of ['en', 'ru']) {
      await open(page, `depth=4&width=32&lang=${lang}`);
      await openFolds(page);
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(
          '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }' +
            'p { margin-bottom: 2em !important }',
        );
        document.adoptedStyleSheets.push(sheet);
      });
      await redraw(page);
      const wide = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      assert.equal(wide, 0, lang);
    }
  });
});

test('nothing moves for who wants no motion: the kernel takes a step at a press, and nothing fades or slides', async () => {
  const hash = 'kind=conv&depth=2&channels=4&size=12';
  const picture = (/** @type {Page} */ page) => page.innerHTML('#counting .picture');
  const press = (/** @type {Page} */ page) => page.click('#counting .slide');
  const before = async (/** @type {Page} */ page) => {
    await page.clock.install();
    await page.emulateMedia({ reducedMotion: 'reduce' });
  };
  const twoSteps = 800; // milliseconds of the page's own clock, longer than two steps of the slide
  await withPage({ before }, async (page) => {
    await open(page, hash);
    await openFolds(page);
    const seen = [await picture(page)];
    for (let presses = 0; presses < 2; presses++) {
      await press(page);
      seen.push(await picture(page));
      await page.clock.runFor(twoSteps);
      assert.equal(await picture(page), seen.at(-1));
    }
    assert.equal(new Set(seen).size, 3);
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await press(page);
    const begun = await picture(page);
    await page.clock.runFor(twoSteps);
    assert.notEqual(await picture(page), begun, 'it slides where motion is welcome');
    await page.emulateMedia({ reducedMotion: 'reduce' }); // while it moves
    await page.waitForFunction(() => document.querySelector('#counting .slide')?.textContent?.startsWith('move'));
    const stopped = await picture(page);
    await page.clock.runFor(twoSteps);
    assert.equal(await picture(page), stopped);
  });
});

test('each chart says in words of the language what is on it', async () => {
  await withPage({}, async (page) => {
    for (const [lang, letters] of Object.entries({ en: /[a-z]{3} /i, ru: /[а-яё]{3} /i })) {
      await open(page, `kind=conv&depth=3&channels=4&size=12&lang=${lang}`);
      await openFolds(page);
      const charts = await page.$$eval('#sheet canvas', (canvases) =>
        canvases
          .filter((canvas) => canvas.getClientRects().length > 0)
          .map((canvas) => [canvas.getAttribute('role'), canvas.getAttribute('aria-label')].map(String)),
      );
      assert.ok(charts.length >= 6);
      for (const [role, label] of charts) {
        assert.match(role, /^(img|slider)$/);
        assert.match(label, letters);
      }
    }
  });
});
