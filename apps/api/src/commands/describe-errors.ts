import { errorsTable, runCommand } from '@bachata-buddy/platform';
import { API_ERRORS } from '../errors.ts';
import { ANSWERS } from '../http/answer-codes.ts';

/** Prints this app's part of docs/errors.md. */
async function main(): Promise<undefined> {
  const sections = [
    '## Answers of the API',
    'In the header `X-Error-Code` of every answer from 400 up, and in the log. Each has one status; the body, for people, is ' +
      'what the address documents.',
    answersTable(),
    '## The API',
    'In the log alone: a caller gets one of the answers above.',
    errorsTable(API_ERRORS),
  ];
  process.stdout.write(`${sections.join('\n\n')}\n`);
}

function answersTable(): string {
  const rows = Object.entries(ANSWERS).map(([code, { status, meaning, ...facts }]) => {
    const isPassing = 'retryable' in facts && facts.retryable;
    return `| \`${code}\` | ${status} | ${meaning} | ${isPassing ? 'yes' : ''} |`;
  });
  return ['| Code | Status | Meaning | May pass |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

await runCommand(main);
