/**
 * speech.js: the page's one live region, which screen readers read out. It says a note at once. It says the verdicts on
 * A and B when everything is drawn, and a note has had its time.
 *
 * It says no verdicts while a pointer is down, while a dialog has borrowed the region, or when the page opens. It does
 * not decide where the words are shown.
 */

/** Milliseconds for which a text stays before the verdicts follow it. */
const READING = 2000;

/**
 * @param {HTMLElement} region
 * @param {() => string} verdicts the verdicts on A and B; '' while they are not known
 */
export function createSpeaker(region, verdicts) {
  let held = false;
  let last = '';
  /** When the text that was said last has been read out, and the timer of the verdicts that wait for it. */
  let saidUntil = 0;
  let waiting = 0;

  function speak() {
    clearTimeout(waiting);
    const wait = saidUntil - performance.now();
    if (wait > 0) {
      waiting = window.setTimeout(speak, wait);
      return;
    }
    const text = held || region.closest('dialog') ? '' : verdicts();
    if (!text || text === last) return;
    if (last) region.textContent = text;
    last = text;
  }

  addEventListener('pointerdown', () => {
    held = true;
  });
  for (const type of ['pointerup', 'pointercancel']) {
    addEventListener(type, () => {
      held = false;
      setTimeout(speak); // after the change that ends a drag
    });
  }
  return {
    /** Says the verdicts if they are new. Call it when everything is drawn. */
    speak,

    /** Says a text at once. The verdicts wait, so that they do not take its place. @param {string} text */
    say(text) {
      if (text) saidUntil = performance.now() + READING;
      region.textContent = text;
    },
  };
}
