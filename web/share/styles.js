/**
 * styles.js: adds the styles of the part to the page, once: the dialog's and the menu's.
 *
 * A content security policy without inline styles allows an adopted sheet.
 */
import css from '../../build/dialog.css';

const sheet = new CSSStyleSheet();

export function addStyles() {
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...new Set([...document.adoptedStyleSheets, sheet])];
}
