/**
 * styles.js: adds the style sheet of a part to the page. Each part that has one is bundled with this file.
 *
 * It uses adoptedStyleSheets, because a content security policy of 'self' forbids <style> elements.
 */

/** @param {string} css */
export function addStyles(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
