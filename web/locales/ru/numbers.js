/** numbers.js: the marks of numbers in Russian. notation.js does the writing. */
import { notation } from '../notation.js';

export const { power, fixed, exact, entry, number, plain, percent, share, count } = notation(',', '\u202f', '\u00a0');
