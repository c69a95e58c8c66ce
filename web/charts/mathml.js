/*
 * A line of a formula, as formula.js writes it, set as MathML: `Var(W) = 2 / (fan_in + fan_out)` with a fraction,
 * roots, powers and indices. What is prose stays text, so that a line can be broken between its pieces. It knows the
 * notation of those lines only, and nothing of what they say.
 */

const NAMESPACE = 'http://www.w3.org/1998/Math/MathML';
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Numbers, words (several in a row are one) and signs, each with the space before it. */
const TOKEN = /(\s*)([±−]?\d[\d.,]*(?<=\d)|[\p{L}*’-]+(?:_\p{L}+)?(?: (?!fan_)[\p{L}’-]{2,})*|[⁻⁰¹²³⁴-⁹]+|\S)/gu;

/** What makes a piece of a line a formula. */
const FORMULA = /[=<]/;

/** Where a line may be broken: after a comma or colon that stands in no brackets. */
const BREAK = /(?<=[,:;]) (?![^(]*\))/;

/** @param {string} name @param {(Node | string)[]} children */
function node(name, ...children) {
  const element = document.createElementNS(NAMESPACE, name);
  element.append(...children);
  return element;
}

/** A name, with an index after its underscore. @param {string} word @returns {Element} */
function nameNode(word) {
  const [name, index] = word.split('_');
  if (index) return node('msub', nameNode(name), nameNode(index));
  return node(/^[a-zα-ω]$/i.test(name) ? 'mi' : 'mtext', name);
}

/**
 * @param {string} text a formula
 * @returns {Element} math
 */
function mathOf(text) {
  const tokens = [...text.matchAll(TOKEN)].map(([, space, sign]) => ({ space: space !== '', sign }));
  let at = 0;
  const peek = () => tokens[at]?.sign;

  /** Up to a closing bracket, which is taken. @param {string} [close] @returns {Node[]} */
  function list(close) {
    /** @type {Node[]} */
    const nodes = [];
    while (at < tokens.length && peek() !== close) {
      const factor = powered();
      const wide = tokens[at]?.space;
      if (peek() === '/') {
        at++;
        nodes.push(node('mfrac', bare(factor), bare(powered())));
      } else {
        nodes.push(factor);
      }
      if (wide && /[\p{L}\d)]$/u.test(tokens[at - 1].sign) && /^[\p{L}\d(√]/u.test(peek() ?? '')) nodes.push(gap());
    }
    at++;
    return nodes;
  }

  const gap = () => node('mtext', '\u00a0');

  /** @returns {Node} */
  function powered() {
    const base = atom();
    const sign = peek();
    if (!sign || !/^[⁻⁰¹²³⁴-⁹]/.test(sign)) return base;
    at++;
    const power = [...sign].map((digit) => (digit === '⁻' ? '−' : SUPERSCRIPTS.indexOf(digit))).join('');
    return node('msup', base, node('mn', power));
  }

  /** @returns {Node} */
  function atom() {
    const { sign } = tokens[at++] ?? { sign: '' };
    if (sign === '√') return node('msqrt', bare(powered()));
    if (sign === '(') return node('mrow', node('mo', '('), ...list(')'), node('mo', ')'));
    if (/^[±−]?\d/.test(sign)) return node('mn', sign);
    if (!/^\p{L}/u.test(sign)) return node('mo', sign);
    if (peek() !== '(' || tokens[at].space) return nameNode(sign);
    at++;
    return node('mrow', nameNode(sign), node('mo', '('), ...list(')'), node('mo', ')'));
  }

  return node('math', ...list());
}

/** Without the brackets that a bar makes needless. @param {Node} of */
function bare(of) {
  const { firstChild, lastChild } = of;
  if (of.nodeName !== 'mrow' || firstChild?.textContent !== '(') return of;
  firstChild.remove();
  lastChild?.remove();
  return of;
}

/**
 * @param {string} line
 * @returns {(Node | string)[]} to stand beside each other
 */
export const setLine = (line) =>
  line.split(BREAK).flatMap((piece, i) => {
    const [, formula, mark] = /** @type {string[]} */ (/^(.*?)([,:;]?)$/s.exec(piece));
    const space = i ? ' ' : '';
    if (!FORMULA.test(formula)) return [space + piece];
    const math = mathOf(formula);
    math.setAttribute('alttext', formula);
    return [space, math, mark];
  });
