/**
 * notes.js: writes short messages to the reader: a note in the head, sometimes the same note beside the reader's image
 * file, and a message when something fails.
 *
 * Each message is kept as a function, so that it can be written again in another language. The words are in the
 * locales. The caller decides when to show a message.
 */

/** @typedef {() => string} Say returns a message in the language that is spoken now */

/**
 * @param {(id: string) => HTMLElement} find an element of the page
 * @param {(text: string) => void} hear has a text read out
 */
export function createNotes(find, hear) {
  /** The message in each element, by the element's id. @type {Record<string, Say>} */
  const messages = {};
  /** Whether a button of the mouse is down, or a finger has tapped, and whether the note is newer than that. */
  let pressed = false;
  let fresh = false;

  // a press that ends the typing of a number brings a note, and what it then does must not take the note away
  addEventListener('mousedown', () => {
    pressed = true;
    fresh = false;
  });
  addEventListener('mouseup', () =>
    setTimeout(() => {
      pressed = false;
    }),
  ); // after the click

  /** @param {string} id @param {Say} say */
  function write(id, say) {
    messages[id] = say;
    find(id).textContent = say();
  }

  return {
    /** Keeps a note that writeAgain() will write, once the language has been loaded. @param {Say} say */
    noteLater(say) {
      messages.note = say;
    },

    /**
     * Writes a note in the head.
     * @param {Say} say returns '' to take the note away
     * @param {boolean} [besideFile] also beside the field for an image file, which may be far from the head
     */
    note(say, besideFile = false) {
      if (pressed && fresh && !say()) return;
      fresh = true;
      write('note', say);
      hear(say());
      write('picture-note', besideFile ? say : () => '');
    },

    /**
     * Writes what has failed.
     * @param {Say} say returns '' when nothing has failed
     * @param {boolean} again whether to show the button that tries again
     */
    fail(say, again) {
      const button = find('again');
      if (!again && document.activeElement === button) find('sheet').focus(); // a hidden element cannot keep the focus
      button.hidden = !again;
      if (find('failure').textContent !== say()) write('failure', say); // the same text would be read out again
    },

    /** Writes every message again, after a change of language. */
    writeAgain() {
      for (const [id, say] of Object.entries(messages)) write(id, say);
    },
  };
}
