/**
 * training-cells.js: trains networks one after another for the map of trainable depth: each for so many steps, and tells
 * how well it does.
 *
 * It lets messages in, but stops for none: to stop, the page ends the worker. What is trained is decided on the page
 * (training/map/).
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

/**
 * Trains one network for the map, and tells how well it does.
 * @param {ToTrainer & { type: 'cell' }} cell
 * @param {any} engine
 * @param {TrainerPort} port
 */
export async function answerCell(cell, engine, port) {
  try {
    const { loss, accuracy } = await finish(
      trainCell(engine, cell),
      () => false,
      () => port.postMessage({ type: 'alive' }),
    );
    port.postMessage({ type: 'cell', id: cell.id, loss, accuracy });
  } catch (error) {
    port.postMessage(/** @type {any} */ (failure(cell.id, error)));
  }
}
