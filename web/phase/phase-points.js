/**
 * phase-points.js: where a network stands in the phase map, and what of the state changes to move it elsewhere.
 *
 * Pure. It moves nothing: the view hands the changes to the page, and has the table of the state from there.
 */

/** @typedef {import('../state/state.js').State} State */
/** @typedef {import('../run/reply.js').Network} Network */
/** @typedef {import('./phase-grid.js').Place} Place */
/** The table of the state. @typedef {Pick<typeof import('../state/state.js'), 'rowOf' | 'schemeOf' | 'ownNumber'>} Table */

/**
 * @typedef {object} Stand
 * @property {number} weightSquare sigma_w^2 of most layers
 * @property {number} biasSquare sigma_b^2
 * @property {number} count layers that stand there
 * @property {number} total layers with weights
 * @property {string} weightsHeld why the weights cannot be moved: '', 'tuned' or 'own'
 * @property {string} biasesHeld the same of the biases: '', 'choice' or 'own'
 */

/** The power with which sigma_w^2 grows with a scheme's number. @type {Record<string, number>} */
const POWERS = { std: 2, bound: 2, scale: 1 };

const DIGITS = 4;

/** Kinds of layers that a plain stack does not have: the map says nothing of norms, residual sums and units. */
const NOT_PLAIN = /-norm$|^add$|glu$|^prelu$/;

/** @param {number} value */
const rounded = (value) => Number(value.toPrecision(DIGITS));

/** @param {number} a @param {number} b */
const areClose = (a, b) => Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b)) + 1e-15;

/** The number that a state gives to a scheme; null where the scheme has none that scales it. @param {Table} table
 * @param {State} state @param {'A' | 'B'} letter */
function numberOf({ schemeOf }, state, letter) {
  const { value, given } = schemeOf(state, letter);
  const power = POWERS[value ?? ''];
  return power ? { value: /** @type {number} */ (state[`value${letter}`] ?? given), power } : null;
}

/** The gain of a network. The page gives it as a number. @param {Network['spec']} spec */
const gainOf = ({ gain }) => Number(gain ?? 1);

/** What the state has made of the weights since the network was asked for: sigma_w^2 now, over that of the network.
 * @param {Table} table @param {State} state @param {Network} network @param {'A' | 'B'} letter */
function changeSince(table, state, { spec }, letter) {
  const byGain = (state[`gain${letter}`] / gainOf(spec)) ** 2;
  const now = numberOf(table, state, letter);
  const scheme = /** @type {any} */ (spec.scheme);
  const then = scheme?.[table.schemeOf(state, letter).value ?? ''];
  return now && then > 0 ? byGain * (now.value / then) ** now.power : byGain;
}

/** The layers with one place, of which most are. @param {any[]} layers */
function largestGroup(layers) {
  /** @type {Map<string, any[]>} */
  const groups = new Map();
  for (const layer of layers) {
    const { weightSquare, biasSquare } = layer.fixedPoint;
    const key = `${weightSquare.toPrecision(6)} ${biasSquare.toPrecision(6)}`;
    groups.set(key, [...(groups.get(key) ?? []), layer]);
  }
  return [...groups.values()].reduce((most, group) => (group.length > most.length ? group : most));
}

/**
 * Where a network stands: at the place of most of its layers with the activation of the map.
 * @param {Table} table
 * @param {State} state
 * @param {Network} network of the last reply, which may be of an earlier state
 * @param {'A' | 'B'} letter
 * @returns {Stand | string} a word for why it is not on the map: 'coming', 'blocks', 'activation' or
 *   'theory'
 */
export function standOf(table, state, network, letter) {
  const { spec, layers } = network;
  if (spec.layers.some(({ kind }) => NOT_PLAIN.test(kind))) return 'blocks';
  const weighted = /** @type {any[]} */ (layers).filter(({ scheme }) => scheme !== null);
  const chosen = state.parameter ?? table.ownNumber('parameter', state)?.given ?? null;
  const same = weighted.filter(({ activation, parameter }) => activation === state.activation && parameter === chosen);
  const known = same.filter(({ fixedPoint }) => Number.isFinite(fixedPoint?.weightSquare));
  if (known.length === 0) return weighted.length === 0 ? 'coming' : same.length === 0 ? 'activation' : 'theory';
  const group = largestGroup(known);
  const { fixedPoint, gain } = group[0];
  const bias = /** @type {any} */ (spec.bias);
  const isOwnBias = !areClose(fixedPoint.biasSquare, (bias?.std ?? 0) ** 2);
  const biasesHeld = state[`bias${letter}`] !== 'sigma' ? 'choice' : isOwnBias ? 'own' : '';
  const isTuned = state[`tune${letter}`] !== 'none';
  const isOwn = !isTuned && !areClose(gain, gainOf(spec));
  return {
    weightSquare: fixedPoint.weightSquare * (isTuned || isOwn ? 1 : changeSince(table, state, network, letter)),
    biasSquare: biasesHeld ? fixedPoint.biasSquare : state.bias ** 2,
    count: group.length,
    total: weighted.length,
    weightsHeld: isTuned ? 'tuned' : isOwn ? 'own' : '',
    biasesHeld,
  };
}

/** @param {Table} table @param {string} key of a row @param {number} value
 * @returns {{ value: number, isBeyond: boolean }} */
function within({ rowOf }, key, value) {
  const { min, max } = /** @type {import('../state/state.js').NumberRow} */ (rowOf(key));
  const used = Math.min(max, Math.max(min, rounded(value)));
  return { value: used, isBeyond: used !== rounded(value) };
}

/**
 * What changes to move a network to a place. The gain moves it sideways, up to its limits, and beyond them the scheme's
 * number if it has one. The std of the biases moves it up and down, and the other network with it.
 * @param {Table} table
 * @param {State} state
 * @param {Stand} stand
 * @param {'A' | 'B'} letter
 * @param {Partial<Place>} to what is left out stays
 * @returns {{ changes: Partial<State>, held: string[] }} held: why it does not come there: a word of Stand with
 *   'weights-' or 'biases-' before it, or 'gain' or 'bias' for a limit
 */
export function moveTo(table, state, stand, letter, { weightSquare, biasSquare }) {
  /** @type {Partial<State>} */
  const changes = {};
  const held = [];
  if (weightSquare !== undefined && stand.weightsHeld) held.push(`weights-${stand.weightsHeld}`);
  else if (weightSquare !== undefined) {
    const factor = weightSquare / stand.weightSquare;
    const gain = within(table, `gain${letter}`, state[`gain${letter}`] * Math.sqrt(factor));
    const number = numberOf(table, state, letter);
    if (gain.isBeyond && number && number.value > 0 && weightSquare > 0)
      changes[`value${letter}`] = within(table, `value${letter}`, number.value * factor ** (1 / number.power)).value;
    else {
      changes[`gain${letter}`] = gain.value;
      if (gain.isBeyond) held.push('gain');
    }
  }
  if (biasSquare !== undefined && stand.biasesHeld) held.push(`biases-${stand.biasesHeld}`);
  else if (biasSquare !== undefined) {
    const bias = within(table, 'bias', Math.sqrt(biasSquare));
    changes.bias = bias.value;
    if (bias.isBeyond) held.push('bias');
  }
  return { changes, held };
}
