/**
 * languages.js: the languages of the page, as browsers call them. English is part of the page; each other language is a
 * part that loads when it is chosen. index.html has a button for each.
 */

export const LANGUAGES = ['en', 'ru'];
