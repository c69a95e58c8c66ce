/**
 * mention.js: a line below a verdict that names a surprise of a library where one bears on the network, and opens it.
 *
 * Which one bears on it is decided in reading/mentions.js.
 */
import { make, makeButton } from '../page/elements.js';
import { mentionOf } from '../reading/mentions.js';

const LETTERS = /** @type {const} */ (['A', 'B']);

/** @param {import('./libraries-host.js').Host} host @param {(key: string) => void} open */
export function createMentions(host, open) {
  const lines = LETTERS.map((letter) => {
    let key = '';
    const text = make('span');
    const button = makeButton('', () => open(key), { className: 'plain' });
    const line = make('p.mention', { hidden: true }, text, ' ', button);
    host.find(`#verdict${letter}`).append(line);
    return {
      line,
      /** @param {string} next @param {any} own @param {any} texts */
      write(next, own, texts) {
        key = next;
        line.hidden = key === '';
        text.textContent = own.mention;
        button.textContent = key && texts[key].title;
      },
    };
  });

  /** Says of B only what A does not. @param {any} own the words of the view @param {any} texts of surprises */
  return function write(own, texts) {
    const networks = host.reply()?.networks;
    const keys = LETTERS.map((letter) =>
      networks ? mentionOf(networks[letter].spec.layers, host.state().format, networks[letter].spec.drawn) : '',
    );
    lines.forEach((line, i) => {
      line.write(keys.indexOf(keys[i]) < i ? '' : keys[i], own, texts);
    });
  };
}
