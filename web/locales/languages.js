/**
 * languages.js: the languages of the page, by their browser codes. English is part of the page; each other language
 * loads when the reader chooses it. index.html has a button for each.
 */

export const LANGUAGES = ['en', 'ru'];
