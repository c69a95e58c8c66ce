/**
 * drag.js: moves a row of a list with the pointer, by its name: mouse, finger or pen.
 *
 * It only shows where the row would go, and tells when it is let go. The keyboard has buttons for that.
 */

/**
 * @param {HTMLElement} list
 * @param {(place: number, to: number) => void} move
 */
export function createDrag(list, move) {
  /** The place that a height in the window belongs to. @param {number} y */
  function placeAt(y) {
    const rows = [...list.children];
    const below = rows.findIndex((row) => y < row.getBoundingClientRect().bottom);
    return below < 0 ? rows.length - 1 : below;
  }

  /** @param {number} from @param {number} to */
  function show(from, to) {
    [...list.children].forEach((row, place) => {
      row.classList.toggle('dragged', place === from);
      row.classList.toggle('before', place === to && to < from);
      row.classList.toggle('after', place === to && to > from);
    });
  }

  return {
    /** Has a handle drag its row. @param {HTMLElement} handle @param {number} place of the row */
    listen(handle, place) {
      let to = -1;
      handle.addEventListener('pointerdown', (event) => {
        if (event.button !== 0) return;
        to = place;
        handle.setPointerCapture(event.pointerId);
        show(place, to);
      });
      handle.addEventListener('pointermove', ({ clientY }) => {
        if (to < 0) return;
        to = placeAt(clientY);
        show(place, to);
      });
      handle.addEventListener('pointerup', () => {
        const end = to;
        to = -1;
        show(-1, -1);
        if (end >= 0 && end !== place) move(place, end);
      });
      handle.addEventListener('pointercancel', () => {
        to = -1;
        show(-1, -1);
      });
    },
  };
}
