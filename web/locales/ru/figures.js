/*
 * The names of figures, of a layer and of the whole run, in Russian. СКЗ is the root mean square.
 */

/** Of the chosen layer: rows. */
export const FIGURE_NAMES = {
  tries: 'LSUV  просмотров z',
  gain: 'усиление',
  fanIn: 'fan_in',
  fanOut: 'fan_out',
  schemeStd: 'W  ст. откл. по схеме',
  weightsStd: 'W  ст. откл., измерено',
  zRms: 'z  СКЗ',
  zRmsTheory: 'z  СКЗ, теория',
  zInterior: 'z  СКЗ внутри',
  zBorder: 'z  СКЗ, где сказался край',
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
  deltaRms: 'δ  СКЗ',
  deltaRmsTheory: 'δ  СКЗ, теория',
  gradientRms: 'dW  СКЗ',
  gradientRmsTheory: 'dW  СКЗ, теория',
  weightSquare: 'σ²w  fan_in × Var(W)',
  q: 'q*  предел E z²',
  chi: 'χ  при q*, δ² за слой',
  lengthDepth: 'ξ  масштаб q, слоёв',
  correlationDepth: 'ξ  корреляции, слоёв',
};

/** Of the whole run: columns of each network. */
export const COLUMN_NAMES = {
  aMean: 'a среднее',
  aRms: 'a СКЗ',
  aStd: 'a ст. откл.',
  aStdTheory: 'теория',
  zeros: '0',
  saturated: 'насыщ.',
  dead: 'мёртвые',
  correlation: 'корр.',
  deltaRms: 'δ СКЗ',
  gradientRms: 'dW СКЗ',
};
