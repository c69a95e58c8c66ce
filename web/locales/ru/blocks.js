/**
 * blocks.js: what is said of residual blocks, in Russian: what each block fixes.
 */
import { choiceWords } from './choices.js';
import { number } from './numbers.js';

/** What a block is, and what it fixes, by the number of blocks. @type {Record<string, (blocks: number) => string>} */
const BLOCKS = {
  'resnet-v1': () =>
    'Два слоя, после каждого — норма по батчу; ReLU стоит после суммы. Блок задаёт ReLU (Хе и др. 2015).',
  'pre-activation': () =>
    'Перед каждым из двух слоёв — норма по батчу и ReLU, после суммы — ничего. Блок задаёт ReLU (Хе и др. 2016).',
  'pre-norm': () => 'Норма по слою, затем два слоя, между ними вчетверо шире; после суммы — ничего (Xiong и др. 2020).',
  'post-norm': () => 'Два слоя, между ними вчетверо шире; норма по слою стоит после суммы (Vaswani и др. 2017).',
  'norm-inside': () => 'Два слоя, в конце ветви — норма по слою: каждый блок прибавляет ветвь с СКЗ, равным 1.',
  gpt2: (blocks) =>
    'Норма до ветви, между слоями вчетверо шире. Блок задаёт GELU и множитель последнего слоя каждой ветви: ' +
    `1/√(2 × ${blocks}) = ${number((2 * blocks) ** -0.5)} (Radford и др. 2019).`,
  fixup: (blocks) =>
    'Два слоя без норм. Блок задаёт ReLU; последний слой каждой ветви и выходной слой начинают с нуля, ' +
    `а другой слой умножен на 1/√${blocks} = ${number(blocks ** -0.5)} (Zhang и др. 2019).`,
  rezero: () => 'Один слой. Блок задаёт множитель ветви: он начинает с нуля и обучается (Bachlechner и др. 2020).',
  skipinit: () => 'Два слоя. Блок задаёт множитель ветви: он начинает с нуля и обучается (De, Smith 2020).',
  deepnorm: (blocks) =>
    `Норма после суммы. Блок задаёт множители: потока — (2 × ${blocks})^¼ = ${number((2 * blocks) ** 0.25)}, весов ветви — ` +
    `(8 × ${blocks})^−¼ = ${number((8 * blocks) ** -0.25)} (Wang и др. 2022).`,
  'by-root-of-blocks': (blocks) =>
    `Два слоя. Блок задаёт множитель ветви: 1/√${blocks} = ${number(blocks ** -0.5)} (Hayou и др. 2021).`,
};

/** @type {typeof import('../en/blocks.js').BLOCK_TEXTS} */
export const BLOCK_TEXTS = {
  about: (block, blocks, hasActivation) =>
    `${BLOCKS[block](blocks)} Остальное зависит от A и B: схема, усиление${hasActivation ? ' и смещения' : ', смещения и активация'}.`,
  norm: (norm, hasNorms) =>
    norm === 'none'
      ? ' Здесь его нормы убраны.'
      : ` Здесь ${hasNorms ? 'норма —' : 'каждая ветвь начинается с нормы'} ${choiceWords(norm, 'norm')}.`,
  branch: (factor) => ` Здесь множитель ветви: ${factor}.`,
  draw: (scheme) => `Задать A как в статье: ${scheme}`,
};
