/**
 * block-note.js: one line below the controls of residual blocks: what the chosen block is, what it fixes, and a button that draws
 * A as the block's paper does.
 *
 * The words are in locales/, what a block fixes in state/block-layers.js.
 */
import { make, makeButton } from '../page/elements.js';
import { fixedBy, ownBranchOf, ownNormOf } from '../state/block-layers.js';
import { computedState } from '../state/networks.js';
import { blockOf } from '../state/stacks.js';

/** @typedef {import('../page/own-stack.js').Host} Host */
/** @typedef {import('../state/state.js').State} State */

/** What makes a network as the paper says. @param {{ name: string, value: number | null }} scheme @param {string} letter */
const changesOf = ({ name, value }, letter) => ({
  [letter.toLowerCase()]: name,
  [`value${letter}`]: value,
  [`gain${letter}`]: 1,
  [`tune${letter}`]: 'none',
  [`taken${letter}`]: 'std',
  [`fans${letter}`]: 'true',
});

/** Whether A or B is as the paper says. @param {State} state @param {{ name: string, value: number | null }} scheme */
const followsPaper = (state, scheme) =>
  ['A', 'B'].some((letter) => Object.entries(changesOf(scheme, letter)).every(([key, value]) => state[key] === value));

/** @param {Host} host @returns {(state: State) => void} shows a state, in the language that is spoken */
export function createBlockNote({ find, change, words }) {
  const text = make('span');
  const button = makeButton('', () => scheme && change(changesOf(scheme, 'A')));
  const note = make('p.block-note', {}, text, ' ', button);
  /** @type {{ name: string, value: number | null } | undefined} */
  let scheme;
  const branch = /** @type {HTMLInputElement} */ (find('branch'));
  branch.closest('.field')?.after(note);

  return (state) => {
    const block = blockOf(state);
    note.hidden = block === 'none';
    if (note.hidden) return;
    const { BLOCK_TEXTS, choiceWords, exact, number } = /** @type {any} */ (words());
    const fixed = fixedBy(state);
    scheme = fixed.scheme;
    const { depth, norm } = computedState(state);
    const own = ownNormOf(state);
    text.textContent =
      BLOCK_TEXTS.about(block, depth, fixed.activation !== undefined) +
      (norm === 'own' || norm === own ? '' : BLOCK_TEXTS.norm(norm, own !== 'none')) +
      (state.branch === null ? '' : BLOCK_TEXTS.branch(exact(state.branch)));
    branch.placeholder = number(ownBranchOf(state));
    button.hidden = !scheme || followsPaper(state, scheme);
    if (scheme) {
      const value = scheme.value === null ? '' : `, ${choiceWords('std', 'value')} ${exact(scheme.value)}`;
      button.textContent = BLOCK_TEXTS.draw(`${choiceWords(scheme.name)}${value}`);
    }
  };
}
