import { Writable } from 'node:stream';
import t from 'tap';
import { makeLogger, platformError } from '../src/index.ts';

function capture(): { lines: string[]; destination: Writable } {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, destination };
}

t.test('a line is one JSON object as Cloud Logging reads it', async (t) => {
  const { lines, destination } = capture();
  makeLogger({ name: 'api', level: 'info', destination }).warn({ taskId: 'a' }, 'slow');
  const line = JSON.parse(lines[0] ?? '');
  t.match(line, { severity: 'WARNING', message: 'slow', name: 'api', taskId: 'a' });
  t.match(line.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

t.test('credentials never reach a line, wherever they stand', async (t) => {
  const { lines, destination } = capture();
  const logger = makeLogger({ name: 'api', level: 'info', destination });
  const secret = 'correct-horse';
  logger.info({ password: secret, body: { password: secret, refresh: secret }, apiKey: secret }, 'x');
  logger.info({ req: { headers: { authorization: secret, cookie: secret, 'x-api-key': secret } } }, 'x');
  logger.info({ res: { headers: { 'set-cookie': secret } }, token: secret }, 'x');
  t.notMatch(lines.join(''), secret);
});

t.test('an error keeps its code and its cause', async (t) => {
  const { lines, destination } = capture();
  const error = platformError('USAGE', 'No space.', { cause: new Error('ENOSPC') });
  makeLogger({ name: 'job', level: 'info', destination }).error({ err: error }, 'failed');
  const line = JSON.parse(lines[0] ?? '');
  t.equal(line.severity, 'ERROR');
  t.equal(line.err.code, 'USAGE');
  t.match(line.err.stack, /ENOSPC/);
});
