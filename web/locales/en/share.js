/**
 * share.js: the words of the share dialog, in English: link, frame, numbers, pictures. index.js does not export them:
 * they load with the dialog.
 */

export const SHARE_WORDS = {
  title: 'Share',
  close: 'close',
  copy: 'copy',
  link: 'Link to what is on the page now',
  noLink: 'This copy of the page has no address of its own, so there is nothing to link to.',
  frame: 'Frame for your own page or slide',
  frameTitle: 'Initscope: two initializations of one network',
  kept: 'Controls to keep in the frame',
  about:
    'In the frame’s link, embed=1 leaves only the verdicts and the charts. show= names the controls to keep, for example ' +
    'show=depth,a,b; without it there are none. The frame tells the page around it which height it needs, by ' +
    'postMessage: { initscope: { height } }.',
  local:
    'This link works on this computer only. Others need their own copy of the page and the part of the link from # on.',
  numbers: 'Figures of every layer, histograms and theory',
  menu: 'Save this chart',
  picture: 'picture (PNG)',
  figures: 'numbers (CSV)',
  print: 'print',
  copied: {
    link: 'The link has been copied.',
    frame: 'The frame’s HTML has been copied.',
  },
  selected: 'The browser does not allow copying. The text is selected: press Ctrl+C or ⌘C.',
  saved: (/** @type {string} */ name) => `${name} has been saved.`,
  pixelsChanged:
    'No picture was saved: to prevent tracking, this browser changes what pages read from their pictures. Allow this ' +
    'page to read them, or use another browser.',
  mayBlock: (/** @type {string} */ name) =>
    `If ${name} was not saved, the frame around this page blocks downloads: open the page on its own.`,
};
