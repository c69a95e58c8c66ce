/*
 * Chromium by playwright-core, with the interface of page.js.
 */
import { launch } from '../page/chromium.js';

/** Names of playwright for the keys of WebDriver. @type {Record<string, string>} */
const NAMES = {
  '\uE004': 'Tab',
  '\uE007': 'Enter',
  '\uE00C': 'Escape',
  '\uE011': 'Home',
  '\uE012': 'ArrowLeft',
  '\uE014': 'ArrowRight',
};

/** @returns {Promise<import('./page.js').Browser>} */
export async function launchChromium() {
  const browser = await launch();
  return { open: () => openTab(browser), close: () => browser.close() };
}

/** @param {import('playwright-core').Browser} browser @returns {Promise<import('./page.js').Tab>} */
async function openTab(browser) {
  const context = await browser.newContext();
  context.setDefaultTimeout(0); // the test has a limit of its own
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  let size = { width: 0, height: 0 };
  return {
    async goto(address) {
      await page.goto(address);
    },
    async back() {
      await page.goBack();
    },
    evaluate: (source, frame) => (frame ? page.frames()[1] : page).evaluate(`(${source})()`),
    async point(actions) {
      for (const action of actions) {
        if (action.type === 'pointerMove') await page.mouse.move(action.x, action.y);
        else if (action.type === 'pointerDown') await page.mouse.down();
        else await page.mouse.up();
      }
    },
    async press(keys) {
      for (const key of keys) await page.keyboard.press(NAMES[key] ?? key);
    },
    async resize(width, height) {
      size = { width, height };
      await page.setViewportSize(size);
    },
    screenshot: () => page.screenshot(),
    async setDensity(deviceScaleFactor) {
      await devtools.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor, mobile: false });
      // a real change of density reaches media queries, an emulated one only with the next change of media
      await devtools.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-contrast', value: 'more' }] });
      await devtools.send('Emulation.setEmulatedMedia', { features: [] });
    },
    print: () => page.pdf({ format: 'A4', preferCSSPageSize: true }),
    close: () => context.close(),
  };
}
