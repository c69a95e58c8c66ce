/*
 * How numbers are written in English.
 */
import { notation } from '../notation.js';

export const { power, fixed, exact, number, plain, percent, count } = notation('.', ',', '');
