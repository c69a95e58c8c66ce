/**
 * figures.js: the names of the figures of one layer and of all layers, in Russian. СКЗ is the root mean square. How
 * figures are computed is in reading/figures.js.
 */

/** Rows of the table of the chosen layer. */
export const FIGURE_NAMES = {
  tries: 'LSUV  измерений z',
  gain: 'усиление',
  fanIn: 'fan_in',
  fanOut: 'fan_out',
  schemeStd: 'W  ст. откл., схема',
  weightsStd: 'W  ст. откл.',
  zRms: 'z  СКЗ',
  zRmsTheory: 'z  СКЗ, теория',
  zInterior: 'z  СКЗ внутри',
  zBorder: 'z  СКЗ у края',
  correlation: 'z  корреляция входов',
  correlationTheory: 'z  корреляция, теория',
  aMean: 'a  среднее',
  aStd: 'a  ст. откл.',
  aStdTheory: 'a  ст. откл., теория',
  aRms: 'a  СКЗ',
  aMin: 'a  минимум',
  aMax: 'a  максимум',
  zeros: 'a  в точности 0',
  saturated: 'a  в насыщении',
  meanSlope: 'φ′  средний наклон',
  nonFinite: 'a  не конечны',
  dead: 'мёртвые нейроны',
  deltaRms: 'dL/dz  СКЗ',
  deltaRmsTheory: 'dL/dz  СКЗ, теория',
  gradientRms: 'dL/dW  СКЗ',
  gradientRmsTheory: 'dL/dW  СКЗ, теория',
  weightSquare: 'σ²w  fan_in × Var(W)',
  q: 'q*  неподвижная точка E z²',
  chi: 'χ  (dL/dz)² за слой, при q*',
  lengthDepth: 'ξ  глубина для q, слоёв',
  correlationDepth: 'ξ  глубина для корреляции, слоёв',
};

/** Columns of each network in the table of all layers. */
export const COLUMN_NAMES = {
  aMean: 'a среднее',
  aRms: 'a СКЗ',
  aStd: 'a ст. откл.',
  aStdTheory: 'теория',
  zeros: '0',
  saturated: 'насыщ.',
  dead: 'мёртвые',
  correlation: 'корр.',
  deltaRms: 'dL/dz СКЗ',
  gradientRms: 'dL/dW СКЗ',
};
