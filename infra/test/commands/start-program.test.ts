import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import t from 'tap';
import { startProgram } from '../../dev/commands/local-stack.ts';

t.test('Ctrl-C reaches who started a program, and the program through them alone', async (t) => {
  const children = new Set<ChildProcess>();
  const args = ['--help'];
  const child = startProgram('infra/dev/commands/doctor.ts', args, process.env, children, { output: 'pipe' });
  const closed = once(child, 'close');
  child.stdout?.resume();
  // A terminal signals the whole group in its foreground.
  const group = execFileSync('ps', ['-o', 'pgid=', '-p', String(child.pid)], { encoding: 'utf8' });
  t.equal(Number(group), child.pid, 'it has a group of its own');
  await closed;
  t.equal(children.size, 0);
});
