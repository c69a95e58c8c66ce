/**
 * touch-sliders.js: a slider under a finger. A browser moves the slider as soon as it is touched, also where the finger
 * only scrolls the page across it. So a touch counts once it is a tap or moves sideways, and one that scrolls the page
 * puts the slider back.
 *
 * Mouse and keys are left alone. css/fields.css says that a vertical swipe scrolls.
 */

/** CSS pixels that a finger moves before its direction counts. */
const SLOP = 8;

/** @param {HTMLInputElement} slider */
function guard(slider) {
  /** The touch whose meaning is not known yet. @type {{ value: string, x: number, y: number } | null} */
  let pending = null;

  function settle() {
    const moved = pending && pending.value !== slider.value;
    pending = null;
    if (moved) slider.dispatchEvent(new Event('input', { bubbles: true }));
  }

  slider.addEventListener('pointerdown', ({ pointerType, clientX: x, clientY: y }) => {
    pending = pointerType === 'touch' ? { value: slider.value, x, y } : null;
  });
  slider.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (!pending) return;
    const [across, along] = [Math.abs(clientX - pending.x), Math.abs(clientY - pending.y)];
    if (across > SLOP && across > along) settle();
  });
  slider.addEventListener('pointerup', settle);
  slider.addEventListener('pointercancel', () => {
    if (!pending) return;
    slider.value = pending.value;
    pending = null;
  });
  for (const type of ['input', 'change']) {
    slider.addEventListener(type, (event) => {
      if (pending) event.stopImmediatePropagation();
    });
  }
}

/** Guards the sliders of a form. Call it before anything else listens to them. @param {HTMLFormElement} form */
export function guardSliders(form) {
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement && control.type === 'range') guard(control);
  }
}
