/**
 * sections.js: the sections at the end of the view Training: the map of trainable depth, and the coordinate check; and what
 * each needs of the page.
 *
 * How a section opens and loads is in section-host.js. The sections themselves are in map/ and coordinates/.
 */
import { make } from '../page/elements.js';
import { createSection } from './section-host.js';
import { formatSettings, parseSettings } from './settings.js';
import { optionsOf, trainedSpec } from './trained-spec.js';

/**
 * @typedef {object} View
 * @property {() => any} texts
 * @property {() => Promise<any>} open opens a port to a worker that trains
 * @property {() => void} pause stops training: a section takes both workers' time
 * @property {(name: string) => void} toggle opens or closes a section
 * @property {(text: () => string) => void} say writes a note that stays until the reader acts
 */

/** @typedef {import('./training-host.js').Host} Host */

/** @param {Host} host @param {View} view */
async function makeMap(host, { open, pause, say }) {
  const { createMap, scalesOf } = await host.loadPart('map');
  const { openMaps } = await host.loadPart('phase');
  const scales = scalesOf((await openMaps(host.loadPart)).phase('tanh'));
  const { makeData } = await host.loadPart('data');
  const { settings } = parseSettings('');
  const options = optionsOf(settings, makeData('digits', {}));
  const specOf = (/** @type {any} */ state) => trainedSpec(host.specOf, state, 'A', settings.data);
  /** Has A trained as a network of the map. @param {any} changes of the state @param {number} step
   * @param {() => string} text what is said of it */
  const openCell = (changes, step, text) => {
    const digits = parseSettings('digits-map').settings;
    host.change({ ...changes, train: formatSettings({ ...digits, step }) });
    say(text);
  };
  return createMap(host, { open, pause, openCell, options, specOf, scales });
}

/** @param {Host} host @param {View} view */
async function makeCheck(host, { open, pause }) {
  const { createCheck } = await host.loadPart('coordinates');
  const { makeData } = await host.loadPart('data');
  return createCheck(host, { open, pause, data: makeData('digits', {}) });
}

/** Each by the name that an address has for it. */
const SECTIONS = { map: makeMap, coordinates: makeCheck };

/** @param {Host} host @param {View} view */
export function createSections(host, view) {
  const sections = Object.entries(SECTIONS).map(([name, create]) => ({
    name,
    ...createSection(host, {
      name,
      label: () => view.texts()[name],
      toggle: () => view.toggle(name),
      create: () => create(host, view),
    }),
  }));
  const find = (/** @type {string} */ name) => sections.find((section) => section.name === name);
  return {
    element: make('div.sections', {}, ...sections.map(({ element }) => element)),

    /** Opens one section, or none, and follows a change of the language. @param {string} open its name */
    update(open) {
      for (const { name, update } of sections) update(name === open);
    },

    /** Has a section train, now or once it has loaded. @param {string} name */
    start: (name) => find(name)?.start(),

    /** What a section knows, as a lesson measures it; null where that is not enough. @param {string} name */
    networks: (name) => find(name)?.networks() ?? null,
  };
}
