/*
 * The one live region of the page. It speaks quiet words at once, and what became of A and B when there is a whole
 * answer and nobody holds anything: not while a slider is dragged, nor over what a dialog says that has borrowed it, nor
 * the answer that the page opens with. What is veiled for a lesson is not spoken. Where the words stand for the eye is
 * not its business.
 */

/**
 * @param {HTMLElement} region
 * @param {() => string} verdicts what became of A and B; '' before that is known
 */
export function createSpeaker(region, verdicts) {
  let held = false;
  let last = '';

  function speak() {
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
      setTimeout(speak); // once the change that ends a drag has been made
    });
  }
  return {
    /** To be called when all is drawn. */
    speak,
    /** @param {string} text */
    say(text) {
      region.textContent = text;
    },
  };
}
