/**
 * Prints which share of the lines and branches of c/ the native tests have run, and fails below 98 % and 95 %.
 *
 * gcov counts; a line of a header, or of what is inlined, counts as run where any file ran it. Branches are those that
 * the compiler makes of conditions without optimization. Nothing is left out.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const LEAST = { lines: 98, branches: 95 };
const folder = process.argv[2];

const counters = readdirSync(folder).filter((name) => name.endsWith('.gcda'));
const options = { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 };
const output = execFileSync('gcov', ['--json-format', '--stdout', '--branch-probabilities', ...counters], {
  ...options,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
});

/** @type {Map<string, { count: number, branches: number[] }>} by file and line */
const lines = new Map();
for (const { files } of output
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))) {
  for (const file of files.filter((/** @type {any} */ { file: path }) => /\/c\/[a-z]+\.[ch]$/.test(path))) {
    for (const line of file.lines) {
      const key = `${file.file.match(/c\/[a-z]+\.[ch]$/)[0]}:${line.line_number}`;
      const seen = lines.get(key) ?? { count: 0, branches: [] };
      seen.count += line.count;
      line.branches.forEach((/** @type {any} */ branch, /** @type {number} */ i) => {
        seen.branches[i] = (seen.branches[i] ?? 0) + branch.count;
      });
      lines.set(key, seen);
    }
  }
}

const all = [...lines.values()];
const branches = all.flatMap((line) => line.branches);
/** @param {number[]} counts */
const share = (counts) => (100 * counts.filter((count) => count > 0).length) / counts.length;
const reached = { lines: share(all.map((line) => line.count)), branches: share(branches) };
console.log(
  `coverage of c/ by native tests: ${reached.lines.toFixed(2)} % of ${all.length} lines,`,
  `${reached.branches.toFixed(2)} % of ${branches.length} branches`,
);
const missed = [...lines].filter(([, line]) => line.count === 0).map(([at]) => at);
if (missed.length > 0) console.log('lines not run:', missed.join(' '));
if (reached.lines < LEAST.lines || reached.branches < LEAST.branches) {
  const partly = [...lines].filter(([, line]) => line.count > 0 && line.branches.includes(0)).map(([at]) => at);
  console.log('branches not run, of lines:', partly.join(' '));
  process.exitCode = 1;
}
