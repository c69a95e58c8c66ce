/**
 * mentions.js: which surprise of a library bears on a network: its layers, or the number format that is chosen.
 *
 * Pure. The surprises themselves are in libraries/surprises.js, which loads where one is mentioned.
 */

/**
 * The key of a surprise; '' where none bears on it.
 * @param {readonly any[]} layers
 * @param {string} format whose limits are drawn
 * @param {unknown} [drawn] the format in which weights are drawn
 */
export const mentionOf = (layers, format, drawn) =>
  layers.some(({ kind }) => kind === 'transposed-conv')
    ? 'pytorch-transposed'
    : layers.some(({ groups, channelsIn }) => groups > 1 && groups === channelsIn)
      ? 'keras-depthwise'
      : /^bf/.test(format) || /^jax/.test(String(drawn))
        ? 'jax-bfloat16'
        : '';
