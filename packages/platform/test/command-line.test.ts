import { parseCommandLine } from '@bachata-buddy/platform';
import t from 'tap';

const OPTIONS = { once: { type: 'boolean' }, limit: { type: 'string' } } as const;

/** What a command would get that takes so many arguments. */
function parse(maxPositionals: number | undefined, args: readonly string[]) {
  const { values, positionals } = parseCommandLine({
    help: 'Usage: pnpm some-command',
    options: OPTIONS,
    ...(maxPositionals === undefined ? {} : { maxPositionals }),
    args,
  });
  return { ...values, positionals };
}

t.test('an option means the same with the -- of npm before it and without', async (t) => {
  for (const args of [['--once'], ['--', '--once']])
    t.strictSame(parse(undefined, args), { once: true, positionals: [] }, args.join(' '));
  for (const args of [
    ['list', '--limit', '1'],
    ['--', 'list', '--limit', '1'],
    ['list', '--', '--limit', '1'],
    ['list', '--', '--limit=1'],
    ['--limit', '1', 'list'],
    ['--limit', '1', '--', 'list'],
  ]) {
    t.strictSame(parse(1, args), { limit: '1', positionals: ['list'] }, args.join(' '));
  }
});

t.test('a name that begins with a hyphen goes behind a --, as everywhere', async (t) => {
  for (const args of [
    ['remove', '--', '-spin'],
    ['--', 'remove', '--', '-spin'],
  ]) {
    t.strictSame(parse(2, args), { positionals: ['remove', '-spin'] }, args.join(' '));
  }
  t.strictSame(parse(2, ['--once', 'remove', '--', '--spin']), {
    once: true,
    positionals: ['remove', '--spin'],
  });
  t.strictSame(parse(1, ['--', '--', '--once']), { positionals: ['--once'] });
});

t.test('nothing that is given is ignored: what a command does not take is refused by name', async (t) => {
  const refused: [most: number | undefined, args: string[], message: RegExp][] = [
    [undefined, ['zz'], /^Too many arguments: zz\. See --help\.$/],
    [undefined, ['--', 'zz', '--once'], /arguments: zz\./],
    [undefined, ['--once', '--', '-x'], /arguments: -x\./],
    [1, ['My', 'song', 'of', 'songs.mp3'], /arguments: song of songs\.mp3\./],
    [undefined, ['--nonsense'], /^Unknown option '--nonsense'\. See --help\.$/],
    [undefined, ['--', '--nonsense'], /^Unknown option '--nonsense'/],
    [undefined, ['--limit'], /--limit/],
    [undefined, ['--once=yes'], /--once/],
  ];
  for (const [most, args, message] of refused)
    t.throws(() => parse(most, args), { code: 'USAGE', message }, args.join(' '));
  const many = Array.from({ length: 20 }, (_, index) => `word-${index}`);
  t.strictSame(parse(Number.POSITIVE_INFINITY, many), { positionals: many });
});
