/** tables.js: the words of the tables below the charts, in English. */

export const TABLES = {
  open: 'as a table',
  layer: 'layer',
  name: 'name',
  theory: 'theory',
  lowest: 'band from',
  highest: 'band to',
  from: 'from',
  to: 'to',
  density: 'density',
  columns: { mean: 'mean', std: 'std', min: 'min', max: 'max' },
  zeros: 'exactly 0',
};
