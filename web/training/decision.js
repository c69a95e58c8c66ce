/**
 * decision.js: the picture of what each network decides, for points of the plane: which class it gives each place, and
 * the points themselves. Coarse while training goes on, then fine.
 *
 * The outputs come from the workers; this file makes the places and paints the answers.
 */

/** @typedef {import('./training-lane.js').Lane} Lane */
/** @typedef {import('../data/data.js').Data} Data */

/** Places on a side of the picture. */
const COARSE = 24;
const FINE = 72;

/** Milliseconds between two coarse pictures. */
const PAUSE = 150;

const LETTERS = /** @type {const} */ (['A', 'B']);

/** The middle of each cell, row by row from the top. @param {[number, number]} range @param {number} side */
export function gridOf([lo, hi], side) {
  const inputs = new Float32Array(2 * side * side);
  const cell = (hi - lo) / side;
  for (let i = 0; i < side * side; i++) {
    inputs[2 * i] = lo + cell * ((i % side) + 0.5);
    inputs[2 * i + 1] = hi - cell * (Math.floor(i / side) + 0.5);
  }
  return inputs;
}

/** The probability of class 1. @param {Float32Array} outputs (places, 2) @param {number} i */
const shareOf = (outputs, i) => 1 / (1 + Math.exp(outputs[2 * i] - outputs[2 * i + 1]));

/**
 * @param {Record<'A' | 'B', HTMLCanvasElement>} canvases
 * @param {import('./training-host.js').Host} host
 * @param {ReturnType<typeof import('./race.js').createRace>} race
 */
export function createDecision(canvases, host, race) {
  /** @type {Data | null} */
  let data = null;
  /** What is painted: outputs of both at one step. @type {Partial<Record<'A' | 'B', Lane['outputs']>>} */
  let pair = {};
  /** The answer that has come, and the question that is open: its step and side. */
  let answered = '';
  let asked = '';
  let since = 0;
  const drawings = LETTERS.map((letter) =>
    host.createPlainCanvas(canvases[letter], (ctx, width, height) => paint(ctx, pair[letter] ?? null, width, height)),
  );

  /** @param {CanvasRenderingContext2D} ctx @param {Lane['outputs']} outputs @param {number} width @param {number} height */
  function paint(ctx, outputs, width, height) {
    if (!data) return;
    const size = Math.floor(Math.min(width, height));
    const left = Math.floor((width - size) / 2);
    const { colours } = host;
    if (outputs) paintCells(ctx, outputs.values, left, size);
    const [lo, hi] = data.range;
    const place = (/** @type {number} */ value) => ((value - lo) / (hi - lo)) * size;
    ctx.lineWidth = 1.25;
    data.labels.forEach((label, k) => {
      const { inputs } = /** @type {Data} */ (data);
      ctx.beginPath();
      ctx.arc(left + place(inputs[2 * k]), size - place(inputs[2 * k + 1]), 3, 0, 2 * Math.PI);
      ctx.fillStyle = label ? colours.paper : colours.ink;
      ctx.strokeStyle = label ? colours.ink : colours.paper;
      ctx.fill();
      ctx.stroke();
    });
    ctx.strokeStyle = colours.hairline;
    ctx.strokeRect(left + 0.5, 0.5, size - 1, size - 1);
  }

  /**
   * Shades the places of class 0, and draws a line where the decision changes.
   * @param {CanvasRenderingContext2D} ctx @param {Float32Array} values @param {number} left @param {number} size
   */
  function paintCells(ctx, values, left, size) {
    const side = Math.round(Math.sqrt(values.length / 2));
    const edge = (/** @type {number} */ i) => Math.round((i * size) / side); // whole pixels: cells neither overlap nor gape
    const shares = Array.from({ length: side * side }, (_, i) => shareOf(values, i));
    ctx.fillStyle = host.colours.ink;
    shares.forEach((share, i) => {
      if (Number.isNaN(share)) return;
      const [column, row] = [i % side, Math.floor(i / side)];
      const [x, y] = [edge(column), edge(row)];
      ctx.globalAlpha = 0.4 * (1 - share);
      ctx.fillRect(left + x, y, edge(column + 1) - x, edge(row + 1) - y);
    });
    ctx.globalAlpha = 1;
    ctx.strokeStyle = host.colours.ink;
    ctx.lineWidth = 1;
    ctx.beginPath();
    shares.forEach((share, i) => {
      const [column, row] = [i % side, Math.floor(i / side)];
      const [x, y] = [edge(column + 1), edge(row + 1)];
      if (column + 1 < side && share > 0.5 !== shares[i + 1] > 0.5) {
        ctx.moveTo(left + x, edge(row));
        ctx.lineTo(left + x, y);
      }
      if (row + 1 < side && share > 0.5 !== shares[i + side] > 0.5) {
        ctx.moveTo(left + edge(column), y);
        ctx.lineTo(left + x, y);
      }
    });
    ctx.stroke();
  }

  return {
    /** @param {Data | null} next null: the data are no points */
    use(next) {
      data = next;
      pair = {};
      answered = asked = '';
    },

    /** Asks for another picture where it is time, and paints the one that has come. */
    update() {
      if (!data) return;
      const outputs = LETTERS.map((letter) => race.lanes[letter]).filter(({ error }) => !error);
      const have = String(outputs.map((lane) => lane.outputs && `${lane.outputs.step} ${lane.outputs.values.length}`));
      const isOne = new Set(have.split(',')).size === 1; // neither picture is of another moment
      if (have !== answered && isOne) {
        answered = have;
        asked = '';
        pair = Object.fromEntries(outputs.map((lane) => [lane.letter, lane.outputs]));
        for (const { draw } of drawings) draw();
      }
      const now = performance.now();
      const isFine = race.isAtRest();
      const question = `${race.step()} ${isFine}`;
      if (race.isSeeking() || (!isFine && (asked !== '' || now - since < PAUSE)) || asked === question) return;
      const side = isFine ? FINE : COARSE;
      if (
        isFine &&
        outputs.every((lane) => lane.outputs?.step === race.step() && lane.outputs.values.length === 2 * side * side)
      )
        return;
      asked = question;
      since = now;
      race.ask(gridOf(data.range, side));
    },

    draw() {
      for (const { draw } of drawings) draw();
    },
  };
}
