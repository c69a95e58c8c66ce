/** tables.js: the words of the tables below the charts, in Russian. */

export const TABLES = {
  open: 'в виде таблицы',
  layer: 'слой',
  name: 'имя',
  theory: 'теория',
  lowest: 'полоса от',
  highest: 'полоса до',
  from: 'от',
  to: 'до',
  density: 'плотность',
  columns: { mean: 'среднее', std: 'ст. откл.', min: 'мин.', max: 'макс.' },
  zeros: 'в точности 0',
};
