/**
 * libraries.js: the words of the view Libraries, in English. index.js does not export them: they load with the view.
 * What surprises say is in surprises.js.
 */
import { spreadOf } from '../spread.js';
import { count, fixed, number, power } from './numbers.js';

/** @typedef {import('../../engine/library-tables.js').Default} Default */

const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

export const LIBRARY_WORDS = {
  title: 'Libraries',
  text: 'What libraries draw where you name no initializer: measured in each library, drawn again here.',
  library: 'library',
  search: 'find a library, a call or a surprise',
  example: 'for example: keras attention',
  nothing: (/** @type {string} */ query) => `Nothing here is called “${query}”.`,
  results: (/** @type {number} */ found) => (found === 1 ? '1 result' : `${count(found)} results`),
  types: /** @type {Record<string, string>} */ ({
    library: 'library',
    surprise: 'surprise',
    layer: 'default',
    call: 'initializer',
  }),
  unknown: (/** @type {string} */ asked, /** @type {string} */ shown) =>
    `There is no library or finding “${asked}” here: ${shown} is shown.`,
  heading: (/** @type {string} */ name, /** @type {string} */ version) => `${name} ${version}: defaults`,
  measured: (/** @type {string} */ language, /** @type {string} */ day) =>
    `${language}, measured on ${date.format(new Date(day))}`,
  unmeasured: 'not measured',
  layers: /** @type {Record<string, string>} */ ({
    dense: 'dense',
    conv: 'convolution',
    depthwise: 'depthwise convolution',
    'transposed-conv': 'transposed convolution',
    embedding: 'embedding',
    lstm: 'LSTM',
    attention: 'attention',
  }),
  shapes: /** @type {Record<string, string>} */ ({
    dense: '300 → 100',
    conv: '5 × 5, 3 → 8 channels',
    depthwise: '3 × 3 on 32 channels',
    'transposed-conv': '4 × 4, 16 → 8 channels',
    embedding: '1000 words × 64',
    lstm: '32 → 64',
    attention: '64 wide, 4 heads',
  }),
  put: (/** @type {string} */ call, /** @type {string} */ letter) => `put ${call} into ${letter}`,
  putInto: 'put into',
  hasBeenPut: (/** @type {string} */ call, /** @type {string} */ letter) =>
    `${letter} is drawn by ${call} now; the charts below follow.`,
  fans: 'fans',
  fansOf: (/** @type {number | null} */ fanIn, /** @type {number | null} */ fanOut) =>
    [
      ...(fanIn === null ? [] : [`fan_in ${count(fanIn)}`]),
      ...(fanOut === null ? [] : [`fan_out ${count(fanOut)}`]),
    ].join(', ') || '–',
  truly: (/** @type {number} */ fanIn, /** @type {number} */ fanOut) => `truly ${count(fanIn)} and ${count(fanOut)}`,
  std: 'std',
  stdOf: (/** @type {number} */ theirs, /** @type {number} */ ours) =>
    `${number(theirs)} measured, ${number(ours)} by formula`,
  biases: 'biases',
  /** @returns {string} */
  biasesOf: (/** @type {string | null} */ bias) =>
    bias === 'zeros' ? '0' : bias !== 'pytorch-default' ? 'none, or of another kind' : 'uniform, see the last line',
  ofAnotherKind: 'of another kind',
  undrawn: 'No scheme of this page draws it.',
  uncounted: (/** @type {string} */ rule) => `${rule}, with fans that no convention of this page counts.`,
  further: 'Embeddings, LSTM and attention',
  why: 'The page runs no network with such layers, so they have numbers and no button.',
  columns: { layer: 'layer', tensor: 'call and tensor', std: 'std', rule: 'rule' },
  networkTitle: 'One network, every library’s default',
  networkText:
    'Ten dense layers of 256 with ReLU, 256 normal inputs: rms of the activations. A name opens that network on the sheet.',
  key: {
    ours: 'layer 10, drawn here (line: std over seeds)',
    theirs: 'layer 10, in the library itself',
    path: 'layers 1 to 9',
  },
  network: { library: 'library', ours: 'here', theirs: 'library', strip: 'rms, logarithmic' },
  spread: spreadOf({ fixed, power }),
  progress: (/** @type {number} */ done, /** @type {number} */ all) => `${count(done)} of ${count(all)} networks drawn`,
  seeds: (/** @type {number} */ seeds) => `Means over ${count(seeds)} seeds here, 20 in the library.`,
  strip: (/** @type {string} */ library, /** @type {string} */ ours, /** @type {string} */ theirs) =>
    `${library}: ${ours} here, ${theirs} in the library`,
  networkColumn: (/** @type {number} */ layer) => `layer ${layer}`,
  surprisesTitle: 'Did you know',
  surprisesText: 'What surprised us, each in the version that it names.',
  show: 'see it on the sheet',
  all: (/** @type {number} */ total) => `all ${count(total)}`,
  fewer: 'fewer',
  link: (/** @type {string} */ title) => `link to “${title}”`,
  mention: 'Libraries differ here:',
};
