/*
 * How numbers are written in Russian.
 */
import { notation } from '../notation.js';

export const { power, fixed, exact, number, plain, percent, count } = notation(',', '·', '\u00a0');
