/**
 * pack.js: makes digits.js from the file of the repository: `node web/data/pack.js digits.csv`. Each line there is 64 pixels
 * row by row, from 0 to 16, and a label from 0 to 9. scikit-learn has it in sklearn/datasets/data/digits.csv.gz.
 *
 * It is a script for Node, and no part of the page.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { pack } from './coder.js';

const rows = (await readFile(argv[2], 'utf8')).trim().split('\n');
const numbers = rows.map((row) => row.split(',').map(Number));
const pixels = Uint8Array.from(numbers.flatMap((row) => row.slice(0, 64)));
const text = `/*! Optical Recognition of Handwritten Digits, by E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998,
 * https://doi.org/10.24432/C50P49, licence CC BY 4.0: https://creativecommons.org/licenses/by/4.0/
 * The test part: 1,797 digits of 8 x 8 pixels. No number is changed; they are packed. */
/**
 * digits.js: the pixels of the digits, packed by coder.js, in base64; and their labels, one character each. Made by
 * pack.js; never edit it. digits-reader.js reads it.
 */
export const PACKED =
  '${btoa(String.fromCharCode(...pack(pixels)))}';
export const LABELS =
  '${numbers.map((row) => row[64]).join('')}';
`;
await writeFile(new URL('./digits.js', import.meta.url), text);
