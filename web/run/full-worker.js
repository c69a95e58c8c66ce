/**
 * full-worker.js: the worker with everything, for networks and jobs that need the full engine. It is a bundle of its own,
 * inside the part that loads when such a job comes. All that it does is in worker.js and tools.js.
 */
import { createTools } from './tools.js';
import { serve as serveWith } from './worker.js';

/** Answers the messages of a port. @param {import('./messages.js').WorkerPort} port */
export const serve = (port) => serveWith(port, createTools());
