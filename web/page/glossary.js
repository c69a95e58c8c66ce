/**
 * glossary.js: the part of the page that explains terms: a tip beside the term, and a dialog with all of them. It loads when
 * the reader first comes to a term.
 *
 * The texts are in locales/. Which element is a term is decided in index.html and in terms.js.
 */
import css from '../../build/glossary.css';
import { GLOSSARY, GLOSSARY_WORDS } from '../locales/en/glossary.js';
import { make, makeButton } from './elements.js';
import { addStyles } from './styles.js';
import { createTip } from './tip.js';

/** Milliseconds that a pointer rests on a term before the tip appears. */
const REST = 250;

/** @param {() => any} words of the language that is spoken */
export function createGlossary(words) {
  addStyles(css);

  // the part holds its English words; other languages bring their own
  const groups = () => /** @type {typeof GLOSSARY} */ (words().GLOSSARY ?? GLOSSARY);
  const own = () => /** @type {typeof GLOSSARY_WORDS} */ (words().GLOSSARY_WORDS ?? GLOSSARY_WORDS);
  const find = (/** @type {string} */ key) => Object.values(groups()).find(({ terms }) => key in terms)?.terms[key];

  const tip = createTip();
  let timer = 0;

  /** @param {HTMLElement} term @param {Element | null} control that the term names, if it has the focus */
  function show(term, control) {
    const found = find(String(term.dataset.term));
    clearTimeout(timer);
    if (found) tip.show(term, found, control);
  }

  /**
   * What each event does: `event`, the term at its target, and what the reader uses.
   * @type {Record<string, (event: any, term: HTMLElement | null, pointer: string) => void>}
   */
  const MEET = {
    pointerdown() {},
    pointerover({ pointerType, target }, term) {
      if (pointerType === 'touch') return;
      clearTimeout(timer);
      const stays = tip.contains(target) || tip.isOfFocus();
      if (term?.matches(':hover')) timer = window.setTimeout(show, REST, term, null);
      else if (!stays) timer = window.setTimeout(tip.hide, REST); // so that the pointer can move onto the tip
    },
    focusin({ target }, term, pointer) {
      // on a field that is wrong the tip would cover what is wrong
      if (pointer === '' && term && !target.matches('[aria-invalid]')) show(term, target);
      else if (!tip.contains(target) && !tip.isAt(term)) tip.hide(); // a tap on a label moves the focus to its switch
    },
    click({ target }, term, pointer) {
      if (target.matches('input') || tip.contains(target)) return; // the click on a label comes again on its switch
      const button = target.closest('.term');
      if (term && (button || pointer === 'touch')) show(term, button);
      else tip.hide();
    },
    keydown(event) {
      if (event.target.matches('input[inputmode], textarea')) tip.hide(); // so that nothing lies over the page while one types
      if (event.key !== 'Escape' || !tip.isShown()) return;
      event.preventDefault();
      event.stopPropagation();
      tip.hide();
    },
  };

  /** Makes the dialog with all terms. */
  function makeDialog() {
    const texts = own();
    const dialog = make('dialog', { id: 'glossary-dialog', ariaLabel: texts.title });
    const close = makeButton(texts.close, () => dialog.close(), { className: 'plain' });
    const sections = Object.values(groups()).map(({ title, terms }) =>
      make(
        'section',
        {},
        make('h3', {}, title),
        make(
          'dl',
          {},
          ...Object.values(terms).map(([name, text]) => make('div', {}, make('dt', {}, name), make('dd', {}, text))),
        ),
      ),
    );
    dialog.append(make('div.top', {}, make('h2', {}, texts.title), close), make('div.terms', {}, ...sections));
    dialog.addEventListener('close', () => dialog.remove());
    return dialog;
  }

  return {
    /**
     * Takes an event at a term, or elsewhere.
     * @param {Event} event
     * @param {HTMLElement | null} term
     * @param {string} pointer mouse, touch or pen; '' for the keyboard
     */
    meet: (event, term, pointer) => MEET[event.type](event, term, pointer),

    /** Opens the dialog. */
    open() {
      tip.hide();
      const dialog = makeDialog();
      document.body.append(dialog);
      dialog.showModal();
    },
  };
}
