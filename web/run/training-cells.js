/**
 * training-cells.js: trains networks one after another: for the map of trainable depth it tells how well each does, and for
 * the coordinate check how far its layers move.
 *
 * It lets messages in, but stops for none: to stop, the page ends the worker. What is trained is decided on the page
 * (training/map/, training/coordinates/).
 */
import { failure, finish } from './job.js';

/** @typedef {import('./training-messages.js').ToTrainer} ToTrainer */
/** @typedef {import('./training-messages.js').TrainerPort} TrainerPort */

/** Trains, and yields after each step. @param {any} engine @param {ToTrainer & { type: 'cell' }} cell */
function* trainCell(engine, { spec, options, steps }) {
  const training = engine.training(spec, options);
  try {
    for (let step = 0; step < steps; step++) {
      training.step();
      yield;
    }
    return yield* training.evaluating('train');
  } finally {
    training.end();
  }
}

/** Checks coordinates at one width, and yields after each step. @param {any} engine
 * @param {ToTrainer & { type: 'coordinates' }} asked */
function* checkCoordinates(engine, { spec, options }) {
  const steps = [];
  for (const one of engine.coordinates(spec, options)) {
    steps.push(one);
    yield;
  }
  return { steps };
}

/** What does each, by the type of the message. */
const WORK = { cell: trainCell, coordinates: checkCoordinates };

/** Whether a message asks for one network. @param {ToTrainer} message */
export const isCell = ({ type }) => Object.hasOwn(WORK, type);

/**
 * Trains one network, and tells what was asked about it.
 * @param {ToTrainer & { type: keyof typeof WORK }} cell
 * @param {any} engine
 * @param {TrainerPort} port
 */
export async function answerCell(cell, engine, port) {
  try {
    const found = await finish(
      WORK[cell.type](engine, /** @type {any} */ (cell)),
      () => false,
      () => port.postMessage({ type: 'alive' }),
    );
    port.postMessage(/** @type {any} */ ({ type: cell.type, id: cell.id, ...found }));
  } catch (error) {
    port.postMessage(/** @type {any} */ (failure(cell.id, error)));
  }
}
