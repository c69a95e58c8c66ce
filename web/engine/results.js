/**
 * results.js: the types of what the engine returns. It has no code: readout.js makes the results, engine.js hands them
 * out.
 */

/**
 * @typedef {import('./spec.js').Spec} Spec
 * @typedef {import('./spec.js').Scheme} Scheme
 *
 * @typedef {object} Summary of a tensor; see SUMMARY_* in c/initscope.h
 * @property {number} size
 * @property {number} mean
 * @property {number} std
 * @property {number} rms
 * @property {number} min
 * @property {number} max
 * @property {number} zeros share of values that are exactly 0
 * @property {number} saturated share of values outside the range in which the activation responds
 * @property {number} dead share of units that are 0 for the whole batch
 * @property {number} nonFinite count of values that are NaN or infinite; only size counts them too
 * @property {Uint32Array} counts histogram: (bins) equal bins over [lo, hi]; sums to size - nonFinite
 * @property {number} lo lower edge of the histogram
 * @property {number} hi upper edge of the histogram
 *
 * A layer without weights (pooling, flatten) has null for fanIn, fanOut, trueFanIn, fans, counts, all from scheme to
 * biasStd, weights, weightGradients and chiAtZero. Its preactivations and its activations are both its output.
 * @typedef {object} LayerResult
 * @property {number} layer 1 to depth
 * @property {import('./shapes.js').Kind} kind
 * @property {number} fanIn as the convention `fans` counts it; the scheme uses this one
 * @property {number} fanOut as the convention `fans` counts it
 * @property {number} trueFanIn how many numbers go into one output; of a transposed convolution, on average
 * @property {import('./shapes.js').Convention} fans how the fans are counted
 * @property {Record<import('./shapes.js').Convention, { fanIn: number, fanOut: number }>} counts the fans by every
 *   convention
 * @property {boolean} shared whether its weights are drawn with the random numbers of the first layer, which is another one
 * @property {boolean} varianceAsStd whether the scheme's variance was used as the std, by mistake
 * @property {import('./spec.js').Drawn} drawn the number format in which weights and biases are drawn
 * @property {number | null} valueCount how many values the weights can take; null: all of the format
 * @property {[number, number]} [kernel] [height, width]; only of convolutions
 * @property {[number, number]} [window] [height, width]; only of pooling
 * @property {number} [channelsIn] this and the next six only where the layer has them; a dense layer has none
 * @property {number} [channelsOut]
 * @property {[number, number]} [size] of the output images, [height, width]
 * @property {[number, number]} [sizeIn] of the input images, [height, width]
 * @property {number} [stride]
 * @property {import('./shapes.js').Padding} [padding]
 * @property {number} [outputPadding] only of transposed convolutions
 * @property {number} [over] only of residual sums: how many layers the branch has
 * @property {number} [groups]
 * @property {string} activation
 * @property {number | null} parameter of the activation; null: it has none
 * @property {string} scheme
 * @property {number} gain
 * @property {Scheme['distribution']} distribution
 * @property {Scheme['mode']} mode
 * @property {number} number the number in the scheme's rule; see Scheme in spec.js
 * @property {number} mean mean of the weights, by the rule
 * @property {number} std std of the weights, by the rule
 * @property {number} rightStd std that the rule gives with the true fans, and no variance used as a std
 * @property {number | null} bound largest |W|, by the rule; null if the distribution has no bound
 * @property {number} parent std of the normal before it is truncated
 * @property {string} bias scheme of the biases
 * @property {number} biasStd root mean square of the biases, by the rule
 * @property {Summary} input of the whole network
 * @property {Summary} weights null if not observed, like every tensor in OBSERVABLE (spec.js)
 * @property {Summary} preactivations if null, correlation and places are null too
 * @property {Summary} activations
 * @property {number | null} correlation between the preactivations of two inputs; null for a batch of 1
 * @property {number} chiAtZero sigma_w^2 phi'(0)^2, the mean square of the slopes on both sides of 0
 * @property {boolean} copies whether all units are copies of one another: equal columns of weights, and equal biases
 * @property {Places | null} places preactivations by position; null for a layer that gives a vector
 * @property {Theory | null} theory what mean-field theory predicts; null where it does not apply
 * @property {FixedPoint | null} fixedPoint limit of a stack of layers like this one; null where theory does not apply
 *
 * @typedef {object} Places mean squares of a tensor of images by position; theory describes only the interior
 * @property {Float64Array} squares (height, width): mean squares over batch and channels
 * @property {{ top: number, bottom: number, left: number, right: number } | null} inside the interior: positions that
 *   padding has not affected; bottom and right are excluded; null if there are none
 * @property {number | null} interiorRms over the interior; null if there is none
 * @property {number | null} borderRms over all other positions; null if there are none
 *
 * Fixed point of q_{l+1} = weightSquare E phi(sqrt(q_l) z)^2 + biasSquare (Poole et al. 2016; Schoenholz et al. 2017).
 * @typedef {object} FixedPoint
 * @property {number} weightSquare sigma_w^2 = fan_in Var(W)
 * @property {number} biasSquare sigma_b^2
 * @property {number} q limit of E z^2 that starts at 1: 0 if it decays, Infinity if it grows without bound
 * @property {number} chi weightSquare E phi'^2 at q: each layer back multiplies the mean square of dL/dz by it
 * @property {number} lengthDepth layers in which a deviation from q falls by a factor e; Infinity where it stays,
 *   negative where it grows, NaN if q is Infinity
 * @property {number} correlationDepth the same for the distance between two similar inputs
 *
 * @typedef {object} Theory prediction for a layer of this width; log stds are the spread between networks
 * @property {number} zSquare E z^2
 * @property {number} zLogStd std over networks of ln(mean z^2), for one input
 * @property {number} zCorrelation between the preactivations of two inputs
 * @property {number} zNormal 1: all preactivations of the layer are N(0, zSquare); 0: inputs differ in length, or the layer
 *   flattens activations
 * @property {number} aMean E a
 * @property {number} aSquare E a^2
 * @property {number} aLogStd std over networks of ln(mean a^2), for one input
 * @property {number} slopeSquare E phi'(z)^2
 * @property {number} zLow for one input, at least 95 % of networks have a mean z^2 from zLow to zHigh; NaN: not known
 * @property {number} zHigh
 * @property {number} aLow likewise for a^2
 * @property {number} aHigh
 * @property {number} died probability, for one input, that all activations are 0
 *
 * @typedef {object} BackResult what the backward pass finds in one layer
 * @property {number} layer depth to 1
 * @property {Summary} deltas dL/dz
 * @property {Summary} weightGradients dL/dW; null for a layer without weights
 * @property {number} loss mean over the batch
 * @property {number} meanSlope mean of phi'(z)
 * @property {Places | null} deltaPlaces dL/dz by position; null for a layer that gives a vector
 * @property {BackTheory | null} backTheory null where theory does not apply
 *
 * @typedef {{ deltaSquare: number, gradientSquare: number, deltaLogStd: number, gradientLogStd: number,
 *   deltaLow: number, deltaHigh: number, gradientLow: number, gradientHigh: number }} BackTheory
 *
 * @typedef {LayerResult & Partial<BackResult>} RunLayer
 *
 * A layer without the network's input. Fields of BackResult are there after the backward pass. `tries`, where gains
 * were tuned: how often its output was measured.
 * @typedef {Omit<RunLayer, 'input'> & { tries?: number }} PassedLayer
 *
 * A layer passed forward or back; or a number, the share of the next layer that is done.
 * @typedef {LayerResult | BackResult | number} Step
 * @typedef {{ spec: Spec, input: Summary, loss?: number, layers: RunLayer[] }} Run
 * @typedef {'input' | 'weights' | 'preactivations' | 'activations' | 'deltas' | 'weightGradients'} TensorName
 */

export {};
