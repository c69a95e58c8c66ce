/*
 * implications.js: what must hold between a verdict and the numbers that it judges, whatever the network. Each row is a
 * plain sentence and a check of one run. They were written without sight of the code that judges.
 *
 * It draws no random networks and asserts nothing: a test does. It does not say what the verdict is:
 * tests/reference/verdicts.tsv does, for the networks listed there. measured.js computes the measures.
 */

import { DISASTERS, MEASURES, RANGES } from './implied-measures.js';
import { NUMBERS, REASONS, SHAPE } from './implied-words.js';

/** @type {import('./implied-words.js').Implication[]} */
export const IMPLICATIONS = [...SHAPE, ...NUMBERS, ...REASONS, ...DISASTERS, ...RANGES, ...MEASURES];
