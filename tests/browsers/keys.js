/*
 * Keys as WebDriver names them, in both of its protocols.
 */

/** Keys that are no letters, in the code points of WebDriver (section 17.4.2). */
export const KEYS = {
  tab: '\uE004',
  enter: '\uE007',
  escape: '\uE00C',
  home: '\uE011',
  left: '\uE012',
  right: '\uE014',
};

/** The actions that press and release keys, one after the other. @param {string[]} keys */
export const keyActions = (keys) =>
  keys.flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]);
