/*
 * The names of figures, of a layer and of the whole run, in English.
 */

/** Of the chosen layer: rows. */
export const FIGURE_NAMES = {
  tries: 'LSUV  looks at z',
  gain: 'gain',
  fanIn: 'fan_in',
  fanOut: 'fan_out',
  schemeStd: 'W  std of the scheme',
  weightsStd: 'W  std measured',
  zRms: 'z  rms',
  zRmsTheory: 'z  rms, theory',
  zInterior: 'z  rms, interior',
  zBorder: 'z  rms, where a border was felt',
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
  dead: 'units dead for the batch',
  deltaRms: 'δ  rms',
  deltaRmsTheory: 'δ  rms, theory',
  gradientRms: 'dW  rms',
  gradientRmsTheory: 'dW  rms, theory',
  weightSquare: 'σ²w  true fan_in × Var(W)',
  q: 'q*  where E z² leads',
  chi: 'χ  at q*, δ² per layer back',
  lengthDepth: 'ξ  depth scale of q, layers',
  correlationDepth: 'ξ  of the correlation, layers',
};

/** Of the whole run: columns of each network. */
export const COLUMN_NAMES = {
  aMean: 'a mean',
  aRms: 'a rms',
  aStd: 'a std',
  aStdTheory: 'theory',
  zeros: '0',
  saturated: 'saturated',
  dead: 'dead',
  correlation: 'correlation',
  deltaRms: 'δ rms',
  gradientRms: 'dW rms',
};
