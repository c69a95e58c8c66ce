/**
 * experiment-address.js: the settings of the experiment, as the page's address holds them: read, taken over and written
 * back, and what is noted about them.
 *
 * It begins nothing: experiment.js does. How a text is read is in settings.js.
 */
import { formatSettings, parseSettings } from './settings.js';

/** @typedef {import('./settings.js').Settings} Settings */

/** What of the settings makes another experiment. The rate may change within one. @param {Settings} settings */
const identityOf = ({ rate, rates, step, show, ...rest }) => rest;

/** The settings as a text, without where training is and what is shown of it. @param {Settings} settings */
const planOf = (settings) => formatSettings({ ...settings, step: 0, show: 'curves' });

/** @param {import('./training-host.js').Host} host */
export function createExperimentAddress(host) {
  let { settings } = parseSettings('');
  /** The text of the settings that the page has from here, or that was read. */
  let written = '';
  /** What the note says, until the reader acts: a change of the address would take it away. @type {(() => string) | null} */
  let said = null;

  /** Writes a note, once the page has written its own. @param {() => string} text */
  function say(text) {
    said = text;
    queueMicrotask(() => host.note(text));
  }

  /** Writes the settings into the address. */
  function write() {
    written = formatSettings(settings);
    if (!host.state().train || host.state().train === written) return;
    host.change({ train: written });
    if (said) host.note(said);
  }

  return {
    settings: () => settings,
    identity: () => identityOf(settings),
    /** The settings, to come back to. */
    text: () => formatSettings(settings),
    /** What the networks are trained on, and how. */
    plan: () => planOf(settings),

    say,
    /** What was said last, unless the reader has acted since. */
    said: () => said,
    /** The reader acts: what was noted before has had its time. */
    hush() {
      said = null;
    },

    /** Takes over settings. The address does not say so yet. @param {Settings} next */
    set(next) {
      settings = next;
    },
    write,
    /** Takes over settings, and writes them into the address. @param {Settings} next */
    take(next) {
      settings = next;
      write();
    },

    /** Whether the settings are those of the page's address. */
    isRead: () => host.state().train === written,

    /**
     * Reads the settings of the page's address.
     * @returns {boolean} whether only the step and what is shown are others than before
     */
    read() {
      const { train } = host.state();
      const found = parseSettings(train);
      const isSame = planOf(found.settings) === planOf(settings);
      settings = found.settings;
      written = train;
      if (found.ignored.length > 0) say(() => host.words().ignoredWords(found.ignored));
      return isSame;
    },
  };
}
