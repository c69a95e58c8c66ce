/**
 * full-worker.js: the worker with everything, for networks and jobs that need the full engine, and for training. It is a
 * bundle of its own, inside the part that loads when such a job comes. All that it does is in worker.js, tools.js and
 * training-worker.js.
 */
import { createTools } from './tools.js';
import { serveTraining } from './training-worker.js';
import { serve as serveWith } from './worker.js';

/**
 * Answers the messages of a port.
 * @param {any} port a WorkerPort, or a TrainerPort
 * @param {boolean} [trains] whether it trains
 */
export const serve = (port, trains) => (trains ? serveTraining(port) : serveWith(port, createTools()));
