/**
 * library-search.js: finds libraries, calls and surprises by the words that the reader types: "keras attention", "he_normal".
 * Every word must be found; what has them in its name comes before what only speaks of them.
 *
 * Pure. What a result looks like, and what it does, is up to search-view.js.
 */

/** @typedef {import('../engine/library-tables.js').Default} Default */
/** @typedef {import('../engine/spec.js').LibraryCall} LibraryCall */
/** @typedef {import('./surprises.js').Surprise} Surprise */

/**
 * @typedef {object} Found
 * @property {'library' | 'surprise' | 'layer' | 'call'} type layer: the default of a kind of layer; call: an initializer
 * @property {string} name
 * @property {string} library
 * @property {string} key of the surprise, or the kind of layer; '' for others
 * @property {LibraryCall} [call]
 */

/** @typedef {{ found: Found, name: string[], text: string[], isWhole: (query: string) => boolean }} Entry */

/** What comes first among equals. @type {Found['type'][]} */
const ORDER = ['library', 'surprise', 'layer', 'call'];

/** Letters that the ending of a Russian word may change. */
const ENDING = 2;

/** The words of a query, each without its dashes: he_normal and he-normal are HeNormal. @param {string} query */
const typedOf = (query) =>
  (query.toLowerCase().match(/[\p{L}\p{N}]+(?:[._-]+[\p{L}\p{N}]+)*/gu) ?? []).map((word) => word.replace(/[_-]/g, ''));

/** The words of a text, those inside of HeNormal or he_normal too. @param {string} text */
export const wordsOf = (text) => {
  const parts = text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return [...new Set([...(parts.match(/\d+(?:\.\d+)+|[\p{L}\p{N}]+/gu) ?? []), ...typedOf(text)])];
};

/** How well a word that was typed fits one of a text: 0 for not at all. @param {string} typed @param {string} word */
function fit(typed, word) {
  const stem = /^[а-яё]{5,}$/.test(typed) ? typed.slice(0, -ENDING) : '';
  if (word === typed || (stem && word.startsWith(stem))) return 3;
  if (word.startsWith(typed)) return 2;
  return typed.length > 2 && word.includes(typed) ? 1 : 0;
}

/** @param {string} typed @param {string[]} words */
const best = (typed, words) => Math.max(0, ...words.map((word) => fit(typed, word)));

/**
 * How well an entry fits: 0 where a word is not found.
 * @param {Entry} entry @param {string[]} typed @param {string} query
 */
function score({ name, text, isWhole }, typed, query) {
  let sum = isWhole(query) ? 10 * typed.length : 0;
  for (const word of typed) {
    const points = 3 * best(word, name) || best(word, text);
    if (points === 0) return 0;
    sum += points;
  }
  return sum;
}

/**
 * @param {object} tables
 * @param {readonly { name: string, language: string }[]} tables.libraries
 * @param {readonly Default[]} tables.defaults
 * @param {readonly LibraryCall[]} tables.calls initializers, as the engine lists them
 * @param {readonly Surprise[]} tables.surprises
 * @param {any} own LIBRARY_WORDS of the language
 * @param {Record<string, { title: string, text: string }>} texts of surprises
 */
export function createSearch({ libraries, defaults, calls, surprises }, own, texts) {
  /** @param {Found} found @param {string} name @param {string} text @returns {Entry} */
  const entry = (found, name, text) => ({
    found,
    name: wordsOf(name),
    text: wordsOf(text),
    isWhole: (query) => query === found.name.toLowerCase(),
  });
  const layers = new Map(defaults.map((row) => [`${row.library} ${row.layer} ${row.call}`, row]));
  const entries = [
    ...libraries.map(({ name, language }) => entry({ type: 'library', name, library: name, key: '' }, name, language)),
    ...surprises.map(({ key, library, layers: kinds }) => {
      const { title, text } = texts[key];
      const bears = kinds.map((kind) => `${kind} ${own.layers[kind]}`).join(' ');
      return entry({ type: 'surprise', name: title, library, key }, `${title} ${library} ${key}`, `${text} ${bears}`);
    }),
    ...[...layers.values()].map(({ library, layer, call, tensor, scheme }) =>
      entry(
        { type: 'layer', name: `${library} ${call}`, library, key: layer },
        `${library} ${call} ${layer} ${own.layers[layer]}`,
        `${tensor} ${scheme ?? ''}`,
      ),
    ),
    ...calls.map((call) =>
      entry(
        { type: 'call', name: `${call.library} ${call.call}`, library: call.library, key: '', call },
        `${call.library} ${call.call}`,
        call.scheme,
      ),
    ),
  ];

  /**
   * What is found, best first.
   * @param {string} query
   * @param {number} [most]
   * @returns {Found[]}
   */
  return function search(query, most = 8) {
    const typed = typedOf(query);
    if (typed.length === 0) return [];
    return entries
      .map((one) => ({ found: one.found, points: score(one, typed, query.trim().toLowerCase()) }))
      .filter(({ points }) => points > 0)
      .sort((a, b) => b.points - a.points || ORDER.indexOf(a.found.type) - ORDER.indexOf(b.found.type))
      .slice(0, most)
      .map(({ found }) => found);
  };
}
