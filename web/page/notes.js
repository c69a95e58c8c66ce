/**
 * notes.js: short messages to the reader: a note in the head, the same note beside the reader's image file, and what
 * has failed.
 *
 * Each message is kept as a function, so that it can be written again in another language. What the messages say is in
 * the locales; when to say them is the caller's choice.
 */

/** @typedef {() => string} Say makes a message in the language that is spoken now */

/**
 * @param {(id: string) => HTMLElement} find an element of the page
 * @param {(text: string) => void} hear reads a text out
 */
export function createNotes(find, hear) {
  /** The message in each element, by the element's id. @type {Record<string, Say>} */
  const messages = {};

  /** @param {string} id @param {Say} say */
  function write(id, say) {
    messages[id] = say;
    find(id).textContent = say();
  }

  return {
    /** Keeps a note for the next writeAgain(), when its language has been loaded. @param {Say} say */
    noteLater(say) {
      messages.note = say;
    },

    /**
     * Writes a note in the head.
     * @param {Say} say
     * @param {boolean} [besideFile] also beside the chooser of an image file, which may be far from the head
     */
    note(say, besideFile = false) {
      write('note', say);
      hear(say());
      write('picture-note', besideFile ? say : () => '');
    },

    /**
     * Writes what has failed; '' when nothing has.
     * @param {Say} say
     * @param {boolean} again whether the reader can try again
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
