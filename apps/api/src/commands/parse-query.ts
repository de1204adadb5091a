import { parseQuery } from '@bachata-buddy/choreography';
import { makeLogger, parseCommandLine, runCommand, usageError } from '@bachata-buddy/platform';
import { readCommandConfig } from '../config.ts';
import { makeLanguageModel } from '../generate/language-model.ts';
import { viewParsedQuery } from '../routes/choreography/parsed-query-view.ts';

const HELP = `
Usage: pnpm parse-query "SENTENCE" [--json]

Says what a sentence is understood to mean: by Gemini where GOOGLE_API_KEY is set, else by rules.

  --json   print what POST /api/choreography/parse-query/ answers
`;

async function main(): Promise<undefined> {
  const { values, positionals } = parseCommandLine({
    help: HELP,
    args: process.argv.slice(2),
    options: { json: { type: 'boolean', default: false } },
    maxPositionals: Number.POSITIVE_INFINITY,
  });
  const query = positionals.join(' ').trim();
  if (query === '') throw usageError('Give a sentence. See --help.');
  const config = readCommandConfig();
  const log = makeLogger({ name: 'parse-query', level: config.LOG_LEVEL, destination: process.stderr });
  const parsed = await parseQuery(query, {
    language: makeLanguageModel(config),
    onFallback: (reason) => log.warn({ reason }, 'rules understand the sentence'),
  });
  const view = viewParsedQuery(query, parsed);
  const lines = Object.entries({ ...view.parameters, understood_by: parsed.understoodBy }).map(
    ([name, value]) => `${name.padEnd(22)}${textOf(value)}`,
  );
  process.stdout.write(values.json ? `${JSON.stringify(view, null, 2)}\n` : `${lines.join('\n')}\n`);
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

await runCommand(main);
