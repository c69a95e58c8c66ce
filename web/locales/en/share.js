/*
 * The words of what is taken away from the page, in English: link, frame, numbers, pictures. Not among the exports of
 * index.js: they come with the part of the page that shares.
 */

export const SHARE_WORDS = {
  title: 'Share',
  close: 'close',
  copy: 'copy',
  link: 'Link to what is on the page now',
  noLink: 'This copy of the page has no address of its own, to which a link could lead.',
  frame: 'Frame for a page or a slide of your own',
  frameTitle: 'Initscope: two initializations of one network',
  kept: 'Controls that stay in it',
  about:
    'In the link of the frame embed=1 leaves only verdicts and charts, and show= names the controls that stay, such as ' +
    'show=depth,a,b; without it none do. The frame tells the page around it how high it would be, by postMessage: ' +
    '{ initscope: { height } }.',
  local: 'The link leads to this machine alone: others need a page of their own, and the part of the link from # on.',
  numbers: 'Figures of every layer, histograms and theory',
  print: 'print',
  copied: {
    link: 'The link has been copied.',
    frame: 'The frame’s HTML has been copied.',
  },
  selected: 'The browser does not let it be copied: it is selected, press Ctrl+C or ⌘C.',
  saved: (/** @type {string} */ name) => `${name} has been saved.`,
  mayBlock: (/** @type {string} */ name) =>
    `If ${name} was not saved, the frame that this page stands in allows no downloads: open it on its own.`,
};
