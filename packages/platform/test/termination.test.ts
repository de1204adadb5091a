import { spawn } from 'node:child_process';
import { once } from 'node:events';
import t from 'tap';
import { programArguments } from '../src/testkit.ts';

const PROGRAM = programArguments('packages/platform/test/fixtures/closes-on-termination.ts');

async function run(mode: string, signal?: NodeJS.Signals): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [...PROGRAM, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
    if (signal !== undefined && String(chunk).includes('ready')) child.kill(signal);
  });
  const [code] = await once(child, 'close');
  return { code, output };
}

t.test('SIGTERM closes in order and exits 0', async (t) => {
  t.same(await run('wait', 'SIGTERM'), { code: 0, output: 'ready\nclosed SIGTERM\n' });
});

t.test('an error nobody caught closes in order and exits 1', async (t) => {
  t.same(await run('throw'), { code: 1, output: 'ready\nerror boom\nclosed boom\n' });
});

t.test('a close that hangs is cut short', async (t) => {
  t.match(await run('hang', 'SIGTERM'), { code: 1 });
});
