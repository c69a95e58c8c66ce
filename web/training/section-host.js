/**
 * section-host.js: a section at the end of the view Training, which is a part of its own: its button, and its part, which
 * loads when the section is first opened.
 *
 * What is in it is in map/ and coordinates/.
 */
import { make, makeButton } from '../page/elements.js';

/**
 * @typedef {object} Section
 * @property {HTMLElement} element
 * @property {(isOpen: boolean) => void} show
 * @property {() => void} [start] has it train
 * @property {() => any} [networks] what it knows, as a lesson measures it
 */

/**
 * @param {import('./training-host.js').Host} host
 * @param {object} section
 * @param {string} section.name of its element; its button is `open-` and this
 * @param {() => string} section.label of its button
 * @param {() => void} section.toggle opens or closes it
 * @param {() => Promise<Section>} section.create loads and makes it
 */
export function createSection(host, { name, label, toggle, create }) {
  const button = makeButton('', toggle, { className: `open-section open-${name}`, 'aria-expanded': 'false' });
  const element = make(`div.${name}`, {}, button);
  let made = /** @type {Section | null} */ (null);
  /** Whether it is to train once it has loaded. */
  let isWanted = false;
  let loading = false;
  let isOpen = false;

  async function load() {
    loading = true;
    try {
      const section = await create();
      made = section;
      element.append(section.element);
      show();
      if (isWanted) made.start?.();
    } catch (error) {
      host.note(() => host.words().WORDS.noTraining(String(error)));
    }
    loading = false;
  }

  function show() {
    button.setAttribute('aria-expanded', String(isOpen));
    button.textContent = label();
    made?.show(isOpen);
  }

  return {
    element,

    start() {
      isWanted = true;
      made?.start?.();
    },
    networks: () => made?.networks?.() ?? null,

    /** Opens or closes the section, and follows a change of the language. @param {boolean} opens */
    update(opens) {
      isOpen = opens;
      show();
      if (isOpen && !made && !loading) load();
    },
  };
}
