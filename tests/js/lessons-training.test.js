/*
 * The claims of the lessons that train: this network trains, that one does not. The bounds are those that the page shows.
 * The same networks, data and settings as on the page, at the lesson's own seed; TRAINS=all tries two more. What papers say
 * of training is held over three seeds in trains.test.js. Other lessons are in lessons.test.js.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine } from '../../web/engine/engine.js';
import { agrees, LESSONS, measure } from '../../web/lessons/lessons.js';
import { LESSONS_TEXTS } from '../../web/locales/en/lessons.js';
import { isEvaluated } from '../../web/run/replay.js';
import { STATES } from '../../web/state/lesson-states.js';
import { stateOfLesson } from '../../web/state/state.js';
import { formatSettings, parseSettings } from '../../web/training/settings.js';
import { trainedNetworks } from './trained-lessons.js';

const engine = await loadEngine();

const SEEDS = process.env.TRAINS === 'all' ? [1, 2, 3] : [1];

const TRAINED = LESSONS.filter(({ steps }) => steps !== undefined);

for (const { id, checks, steps = 0 } of TRAINED) {
  const names = LESSONS_TEXTS[id].checks;
  const bounds = checks.map(({ expected, tolerance }) => `${expected} ${JSON.stringify(tolerance)}`);
  test(`${id}: ${names.map((name, i) => `${name}: ${bounds[i]}`).join('; ')}`, (t) => {
    for (const seed of SEEDS) {
      const networks = trainedNetworks(engine, { ...stateOfLesson(id), seed }, steps);
      for (const [i, check] of checks.entries()) {
        const measured = check.measured(networks);
        const said = `seed ${seed}, ${names[i]}: ${measured}, to be ${bounds[i]}`;
        t.diagnostic(said);
        assert.ok(agrees(check, measured), said);
      }
    }
  });
}

test('a lesson trains if its state says so, in settings as the page writes them, up to a step that is evaluated', () => {
  const states = Object.entries(STATES).filter(([, { train }]) => train);
  assert.deepEqual(new Set(TRAINED.map(({ id }) => id)), new Set(states.map(([id]) => id)));
  for (const [id, { train }] of states) {
    const { settings, ignored } = parseSettings(String(train));
    assert.deepEqual([formatSettings(settings), ignored, settings.step], [train, [], 0], id);
  }
  for (const { id, steps = 0 } of TRAINED) {
    const { show } = parseSettings(String(STATES[id].train)).settings;
    if (steps === 'coordinates') assert.equal(show, steps, id);
    else assert.ok(steps > 0 && isEvaluated(steps), id);
  }
});

test('before a training has come to a step, its checks measure nothing', () => {
  const networks = /** @type {any} */ ({ A: { layers: [] }, B: { layers: [] } });
  for (const { checks } of TRAINED) {
    for (const check of checks) {
      const measured = measure(check, networks);
      assert.ok(Number.isNaN(measured));
      assert.equal(agrees(check, measured), false);
    }
  }
});
