/*
 * The table of terms: each term that the page names is in it, in both languages, and nothing in it is without use. How the
 * page shows a term is in tests/page/glossary.test.js.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { TERM_OF } from '../../web/charts/text.js';
import { GLOSSARY as ENGLISH } from '../../web/locales/en/glossary.js';
import { GLOSSARY as RUSSIAN } from '../../web/locales/ru/glossary.js';
import { TERMS } from '../../web/training/training-view.js';

/** @param {typeof ENGLISH} glossary */
const keysOf = (glossary) => Object.values(glossary).flatMap(({ terms }) => Object.keys(terms));

test('every term of the page is in the glossary, and every term of the glossary is on the page', async () => {
  const html = await readFile(new URL('../../web/index.html', import.meta.url), 'utf8');
  const named = new Set([...html.matchAll(/data-term="([^"]*)"/g)].map(([, key]) => key));
  for (const key of [...Object.values(TERM_OF), ...Object.values(TERMS)]) named.add(key);
  assert.deepEqual(keysOf(ENGLISH).sort(), [...named].sort());
});

test('both languages explain the same terms, in the same order, in a sentence or a few', () => {
  assert.deepEqual(keysOf(RUSSIAN), keysOf(ENGLISH));
  assert.equal(new Set(keysOf(ENGLISH)).size, keysOf(ENGLISH).length);
  for (const glossary of [ENGLISH, RUSSIAN]) {
    for (const [name, text] of Object.values(glossary).flatMap(({ terms }) => Object.values(terms))) {
      assert.ok(name.length < 32 && text.length > 20 && text.length < 220, `${name}: ${text.length}`);
      assert.match(text, /[.]$/, name);
    }
  }
});
