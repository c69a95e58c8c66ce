/**
 * glossary.js: the part of the page that explains terms: a tip beside the term, and a dialog with all of them. It loads when
 * the reader first comes to a term.
 *
 * The texts are in locales/. Which element is a term is decided in index.html and in terms.js.
 */
import css from '../../build/glossary.css';
import { GLOSSARY, GLOSSARY_WORDS } from '../locales/en/glossary.js';
import { make, makeButton, namesChoice } from './elements.js';
import { addStyles } from './styles.js';
import { createTip } from './tip.js';

/** Milliseconds that a pointer rests on a term before the tip appears. */
const REST = 250;

/** Milliseconds that a finger is held on the name of a choice before the tip appears. A shorter tap chooses. */
const HOLD = 400;

/** @param {() => any} words of the language that is spoken */
export function createGlossary(words) {
  addStyles(css);

  // the part holds its English words; other languages bring their own
  const groups = () => /** @type {typeof GLOSSARY} */ (words().GLOSSARY ?? GLOSSARY);
  const own = () => /** @type {typeof GLOSSARY_WORDS} */ (words().GLOSSARY_WORDS ?? GLOSSARY_WORDS);
  const find = (/** @type {string} */ key) => Object.values(groups()).find(({ terms }) => key in terms)?.terms[key];

  const tip = createTip();
  let timer = 0;

  /** Hides the tip, and any that was to come. */
  function hide() {
    clearTimeout(timer);
    tip.hide();
  }

  /** @param {any} term @param {Element | null} control that the term names, if it has the focus */
  function show(term, control) {
    const found = find(String(term.dataset.term));
    const field = control ?? term.closest('label')?.control;
    hide();
    // below a field that is wrong stands what is wrong with it
    if (found && !field?.hasAttribute('aria-invalid')) tip.show(term, found, control);
  }

  /** Shows the tip of a term that the pointer is still on. @param {HTMLElement} term */
  function showIfThere(term) {
    if (term.matches(':hover')) show(term, null);
  }

  const stopWaiting = () => clearTimeout(timer);

  /**
   * What each event does: `event`, the term at its target, and what the reader uses.
   * @type {Record<string, (event: any, term: HTMLElement | null, pointer: string) => void>}
   */
  const MEET = {
    pointerdown({ target }, term, pointer) {
      const chooses = term !== null && namesChoice(term);
      if (!tip.contains(target) && (chooses || !tip.isAt(term))) hide();
      if (chooses && pointer === 'touch') timer = window.setTimeout(show, HOLD, term, null);
    },
    pointerup: stopWaiting,
    pointercancel: stopWaiting,
    pointerover({ pointerType, target }, term) {
      if (pointerType === 'touch') return;
      clearTimeout(timer);
      const stays = tip.contains(target) || tip.isOfFocus();
      if (term?.matches(':hover')) timer = window.setTimeout(showIfThere, REST, term);
      else if (!stays) timer = window.setTimeout(hide, REST); // so that the pointer can move onto the tip
    },
    focusin({ target }, term, pointer) {
      if (pointer !== '') return; // the press that moved the focus has done what there is to do
      // on a field that is wrong the tip would cover what is wrong
      if (term && target === document.activeElement && !target.matches('[aria-invalid]')) show(term, target);
      else if (!tip.contains(target)) hide();
    },
    click(event, term, pointer) {
      const { target } = event;
      if (target.matches('input') || tip.contains(target)) return; // the click on a label comes again on its switch
      const button = target.closest('.term');
      const isTapOnChoice = pointer === 'touch' && term !== null && namesChoice(term);
      // what was explained by holding a finger on it is not chosen, too
      if (isTapOnChoice && tip.isAt(term)) event.preventDefault();
      else if (term && (button || pointer === 'touch') && !isTapOnChoice) show(term, button);
      else hide();
    },
    keydown(event) {
      clearTimeout(timer);
      if (event.target.matches('input[inputmode], textarea')) tip.hide(); // so that nothing lies over the page while one types
      if (event.key !== 'Escape' || !tip.isShown()) return;
      event.preventDefault();
      event.stopPropagation();
      tip.hide();
    },
    // so that nothing lies over what is typed, and over what is said of it; a choice has just been explained
    input({ target }) {
      if (!namesChoice(target)) hide();
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
      hide();
      const dialog = makeDialog();
      document.body.append(dialog);
      dialog.showModal();
    },
  };
}
