/**
 * map-host.js: the place of the map of trainable depth in the view Training: its button, and its part, which loads when the
 * map is first opened.
 *
 * The map itself is in map/.
 */
import { make, makeButton } from '../page/elements.js';
import { formatSettings, parseSettings } from './settings.js';
import { optionsOf, trainedSpec } from './trained-spec.js';

/**
 * @param {import('./training-host.js').Host} host
 * @param {object} view
 * @param {() => any} view.texts
 * @param {() => Promise<any>} view.open opens a port to a worker that trains
 * @param {() => void} view.pause stops training: the map takes both workers' time
 * @param {() => void} view.toggle opens or closes the map
 * @param {(text: () => string) => void} view.say writes a note that stays until the reader acts
 */
export function createMapHost(host, { texts, open, pause, toggle, say }) {
  const button = makeButton('', toggle, { className: 'open-map', 'aria-expanded': 'false' });
  const element = make('div.map', {}, button);
  /** @type {any} */
  let map = null;
  let loading = false;
  let isOpen = false;

  /** Has A trained as a network of the map. @param {any} changes of the state @param {number} step
   * @param {() => string} text what is said of it */
  const openCell = (changes, step, text) => {
    const { settings } = parseSettings('digits-map');
    host.change({ ...changes, train: formatSettings({ ...settings, step }) });
    say(text);
  };

  async function load() {
    loading = true;
    try {
      const { createMap, scalesOf } = await host.loadPart('map');
      const { openMaps } = await host.loadPart('phase');
      const scales = scalesOf((await openMaps(host.loadPart)).phase('tanh'));
      const { makeData } = await host.loadPart('data');
      const { settings } = parseSettings('');
      const made = makeData('digits', {});
      const options = optionsOf(settings, made);
      const specOf = (/** @type {any} */ state) => trainedSpec(host.specOf, state, 'A', settings.data);
      map = createMap(host, { open, pause, openCell, options, specOf, scales });
      element.append(map.element);
      show();
    } catch (error) {
      host.note(() => host.words().WORDS.noTraining(String(error)));
    }
    loading = false;
  }

  function show() {
    button.setAttribute('aria-expanded', String(isOpen));
    button.textContent = texts().map;
    map?.show(isOpen);
  }

  return {
    element,

    /** Opens or closes the map, and follows a change of the language. @param {boolean} opens */
    update(opens) {
      isOpen = opens;
      show();
      if (isOpen && !map && !loading) load();
    },
  };
}
