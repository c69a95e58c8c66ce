/*
 * How numbers are written in Russian.
 */
import { notation } from '../notation.js';

export const { power, fixed, exact, number, plain, percent, count } = notation(',', '\u202f', '\u00a0');
