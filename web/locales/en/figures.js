/**
 * figures.js: the names of the figures of one layer and of all layers, in English. How figures are computed is in
 * reading/figures.js.
 */

/** Rows of the table of the chosen layer. */
export const FIGURE_NAMES = {
  tries: 'LSUV  measurements of z',
  gain: 'gain',
  fanIn: 'fan_in',
  fanOut: 'fan_out',
  schemeStd: 'W  std, scheme',
  weightsStd: 'W  std',
  zRms: 'z  rms',
  zRmsTheory: 'z  rms, theory',
  zInterior: 'z  rms, interior',
  zBorder: 'z  rms, border',
  correlation: 'z  correlation of inputs',
  correlationTheory: 'z  correlation, theory',
  aMean: 'a  mean',
  aStd: 'a  std',
  aStdTheory: 'a  std, theory',
  aRms: 'a  rms',
  aMin: 'a  min',
  aMax: 'a  max',
  zeros: 'a  exactly 0',
  saturated: 'a  saturated',
  meanSlope: 'φ′  mean slope',
  nonFinite: 'a  not finite',
  dead: 'dead units',
  deltaRms: 'dL/dz  rms',
  deltaRmsTheory: 'dL/dz  rms, theory',
  gradientRms: 'dL/dW  rms',
  gradientRmsTheory: 'dL/dW  rms, theory',
  weightSquare: 'σ²w  true fan_in × Var(W)',
  q: 'q*  fixed point of E z²',
  chi: 'χ  (dL/dz)² per layer, at q*',
  lengthDepth: 'ξ  depth scale of q, layers',
  correlationDepth: 'ξ  depth scale of correlation, layers',
};

/** Columns of each network in the table of all layers. */
export const COLUMN_NAMES = {
  aMean: 'a mean',
  aRms: 'a rms',
  aStd: 'a std',
  aStdTheory: 'theory',
  zeros: '0',
  saturated: 'saturated',
  dead: 'dead',
  correlation: 'correlation',
  deltaRms: 'dL/dz rms',
  gradientRms: 'dL/dW rms',
};
