import { readFile } from 'node:fs/promises';
import compile from 'icu-minify/compile';
import formatText from 'icu-minify/format';
import t from 'tap';
import { createTranslator } from 'use-intl/core';
import { words as english } from '../src/words/en/index.ts';
import { words as spanish } from '../src/words/es/index.ts';
import { firstKnown } from '../src/words/language.ts';

type Tree = { readonly [key: string]: string | Tree };

function textsOf(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : textsOf(value, `${path}${key}.`),
  );
}

/** What a text asks for, and perhaps words that stand in braces for another reason. */
const valuesFor = (text: string): Record<string, number> =>
  Object.fromEntries([...text.matchAll(/\{(\w+)\s*[,}]/g)].map(([, name = '']) => [name, 2]));

/** @throws where the text is not well formed, or asks for more than it is given */
function format(locale: string, text: string, values: Record<string, number>): string {
  const translate = createTranslator<{ text: string }>({
    locale,
    messages: { text },
    timeZone: 'UTC',
    onError: (error) => {
      throw error;
    },
  });
  return translate('text', values);
}

t.test(
  'every text can be read in both languages, and asks for no more in Spanish than in English',
  async (t) => {
    const ofSpanish = new Map(textsOf(spanish));
    for (const [key, text] of textsOf(english)) {
      const other = ofSpanish.get(key) ?? '';
      const values = valuesFor(text);
      t.doesNotThrow(() => t.not(format('en', text, values), ''), `${key} in English`);
      t.doesNotThrow(() => t.not(format('es', other, values), ''), `${key} in Spanish`);
    }
  },
);

/** As the built page does it, whose texts were compiled before. */
function formatCompiled(locale: string, text: string, values: Record<string, number>): string {
  const formatters = {
    getNumberFormat: (of: string, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(of, options),
    getPluralRules: (of: string, options?: Intl.PluralRulesOptions) => new Intl.PluralRules(of, options),
    getDateTimeFormat: (of: string, options?: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(of, options),
  };
  return String(formatText(compile(text), locale, values, { formatters }));
}

t.test('the built page, whose texts are compiled, says what they say', async (t) => {
  for (const [locale, words] of [
    ['en', english],
    ['es', spanish],
  ] as const)
    for (const [key, text] of textsOf(words))
      for (const number of [0, 1, 2]) {
        const values = Object.fromEntries(Object.keys(valuesFor(text)).map((name) => [name, number]));
        t.equal(formatCompiled(locale, text, values), format(locale, text, values), `${key}, ${locale}`);
      }
});

/** As its own document lists them. */
async function codesOfApi(): Promise<string[]> {
  const document = JSON.parse(await readFile(new URL('../../../docs/openapi.json', import.meta.url), 'utf8'));
  const headers: [string, { schema: { enum?: string[] } }][] = Object.entries(document.components.headers);
  return headers.flatMap(([name, { schema }]) => (name.startsWith('ErrorCode') ? (schema.enum ?? []) : []));
}

t.test('whatever the API refuses, both languages say why and what to do', async (t) => {
  const codes = await codesOfApi();
  t.ok(codes.includes('LOGIN_INVALID') && codes.includes('SERVICE_BUSY'), 'the document tells the codes');
  const ofEnglish = new Map(textsOf(english.problems.codes));
  const ofSpanish = new Map(textsOf(spanish.problems.codes));
  t.strictSame([...ofEnglish.keys()].sort(), [...codes].sort());
  for (const code of codes) {
    const [inEnglish = '', inSpanish = ''] = [ofEnglish.get(code), ofSpanish.get(code)];
    t.ok(inEnglish.length > 20 && inSpanish.length > 20, code);
    t.not(inSpanish, inEnglish, `${code} is translated`);
  }
});

t.test('the first language of the browser that there are words for is taken', async (t) => {
  t.equal(firstKnown([null, 'fr-FR', 'es-DO', 'en']), 'es');
  t.equal(firstKnown(['EN']), 'en');
  t.equal(firstKnown([null, 'fr']), undefined);
});
