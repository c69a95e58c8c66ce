/** overruled.js: why a control does not stand where the reader put it, in English. The rules are in state/networks.js. */

/** By the control. @type {Record<string, (computed: import('../../state/state.js').State) => string>} */
export const OVERRULED = {
  head: () => 'Cross-entropy takes logits: the output layer is linear.',
  groups: ({ channels, groups }) =>
    `Groups must divide the channels: with ${channels} ${channels === 1 ? 'channel' : 'channels'}, “groups” is ${groups}.`,
  input: () => 'No image fits the number of inputs of these layers, so the input is noise.',
};
