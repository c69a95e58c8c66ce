/**
 * mathml.js: sets a line of a formula, as reading/formula.js writes it, as MathML.
 *
 * `Var(W) = 2 / (fan_in + fan_out)` gets a fraction; roots, powers and indices are set too. Prose stays text, so the line
 * can break between its pieces. This is no general parser: it knows the notation of those lines only.
 */

const NAMESPACE = 'http://www.w3.org/1998/Math/MathML';
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A number, one or more words, a power or another sign, with the space before it. */
const TOKEN = /(\s*)([±−]?\d[\d.,\u202f]*(?<=\d)|[\p{L}*’-]+(?:_\p{L}+)?(?: (?!fan_)[\p{L}’-]{2,})*|[⁻⁰¹²³⁴-⁹]+|\S)/gu;

/** A piece of a line with one of these signs is a formula. */
const FORMULA = /[=<]/;

/** A line breaks after a comma, colon or semicolon outside of brackets. */
const BREAK = /(?<=[,:;]) (?![^(]*\))/;

/** @param {string} name of the element @param {(Node | string)[]} children */
function createNode(name, ...children) {
  const element = document.createElementNS(NAMESPACE, name);
  element.append(...children);
  return element;
}

/** Sets a name. What follows an underscore is an index. @param {string} word @returns {Element} */
function setName(word) {
  const [name, index] = word.split('_');
  if (index) return createNode('msub', setName(name), setName(index));
  return createNode(/^[a-zα-ω]$/i.test(name) ? 'mi' : 'mtext', name);
}

/**
 * Parses by recursive descent: a list of factors and fractions, where a factor is an atom with or without a power.
 * @param {string} text a formula
 * @returns {Element} <math>
 */
function setFormula(text) {
  const tokens = [...text.matchAll(TOKEN)].map(([, space, sign]) => ({ space: space !== '', sign }));
  let next = 0;
  const peek = () => tokens[next]?.sign;

  /** Reads up to a closing bracket, and past it. @param {string} [close] @returns {Node[]} */
  function readList(close) {
    /** @type {Node[]} */
    const nodes = [];
    while (next < tokens.length && peek() !== close) {
      const factor = readFactor();
      const wide = tokens[next]?.space;
      if (peek() === '/') {
        next++;
        nodes.push(createNode('mfrac', withoutBrackets(factor), withoutBrackets(readFactor())));
      } else {
        nodes.push(factor);
      }
      if (wide && /[\p{L}\d)]$/u.test(tokens[next - 1].sign) && /^[\p{L}\d(√]/u.test(peek() ?? ''))
        nodes.push(createGap());
    }
    next++;
    return nodes;
  }

  const createGap = () => createNode('mtext', '\u00a0');

  /** @returns {Node} */
  function readFactor() {
    const base = readAtom();
    const sign = peek();
    if (sign === '^') {
      next++;
      return createNode('msup', base, withoutBrackets(readAtom()));
    }
    if (!sign || !/^[⁻⁰¹²³⁴-⁹]/.test(sign)) return base;
    next++;
    const power = [...sign].map((digit) => (digit === '⁻' ? '−' : SUPERSCRIPTS.indexOf(digit))).join('');
    return createNode('msup', base, createNode('mn', power));
  }

  /** @returns {Node} */
  function readAtom() {
    const { sign } = tokens[next++] ?? { sign: '' };
    if (sign === '√') return createNode('msqrt', withoutBrackets(readFactor()));
    if (sign === '(') return createNode('mrow', createNode('mo', '('), ...readList(')'), createNode('mo', ')'));
    if (/^[±−]?\d/.test(sign)) return createNode('mn', sign);
    if (!/^\p{L}/u.test(sign)) return createNode('mo', sign);
    if (peek() !== '(' || tokens[next].space) return setName(sign);
    next++;
    return createNode('mrow', setName(sign), createNode('mo', '('), ...readList(')'), createNode('mo', ')'));
  }

  return createNode('math', ...readList());
}

/** Removes the brackets around what a fraction bar or a root holds together. @param {Node} node changed in place */
function withoutBrackets(node) {
  const { firstChild, lastChild } = node;
  if (node.nodeName !== 'mrow' || firstChild?.textContent !== '(') return node;
  firstChild.remove();
  lastChild?.remove();
  return node;
}

/**
 * Sets the formulas of a line, and leaves its prose as text.
 * @param {string} line
 * @returns {(Node | string)[]} the line's formulas and texts, in order
 */
export const setLine = (line) =>
  line.split(BREAK).flatMap((piece, i) => {
    const [, formula, mark] = /** @type {string[]} */ (/^(.*?)([,:;]?)$/s.exec(piece));
    const space = i ? ' ' : '';
    if (!FORMULA.test(formula)) return [space + piece];
    const math = setFormula(formula);
    math.setAttribute('alttext', formula);
    return [space, math, mark];
  });
