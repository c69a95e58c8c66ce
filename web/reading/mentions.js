/**
 * mentions.js: which surprise of a library bears on a network: its layers, or the number format that is chosen.
 *
 * Pure. The surprises themselves are in libraries/surprises.js, which loads where one is mentioned.
 */

/**
 * The key of a surprise; '' where none bears on it.
 * @param {readonly any[]} layers
 * @param {string} format
 */
export const mentionOf = (layers, format) =>
  layers.some(({ kind }) => kind === 'transposed-conv')
    ? 'pytorch-transposed'
    : layers.some(({ groups }) => groups > 1)
      ? 'keras-depthwise'
      : /^bf/.test(format)
        ? 'jax-bfloat16'
        : '';
