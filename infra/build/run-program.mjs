// node infra/build/run-program.mjs PROGRAM.ts [ARGUMENT …]
//
// Runs one of the project's programs as `node PROGRAM.ts` would if Node knew TypeScript: in this process, compiled once
// and kept under .data/programs for as long as none of its sources changes. In plain JavaScript, for it is what comes
// before everything that is compiled.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { claimBuild, freshBuild, sourceOf } from './kept-builds.mjs';

const BUILDER = 'infra/build/keep-program.ts';

/** The builder, itself kept where it can be, in a process of its own: what it loads is not needed to run anything. */
function build(source) {
  const kept = freshBuild(BUILDER)?.programs[BUILDER];
  const builder = kept ?? fileURLToPath(new URL('keep-program.ts', import.meta.url));
  const args = [...(kept === undefined ? ['--import', import.meta.resolve('tsx')] : []), builder, source];
  const { status, stdout, error } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
  return JSON.parse(stdout);
}

const [given, ...args] = process.argv.slice(2);
if (given === undefined) {
  process.stderr.write('Usage: node infra/build/run-program.mjs PROGRAM.ts [ARGUMENT …]\n');
  process.exit(2);
}
const source = sourceOf(given);
const found = freshBuild(source) ?? build(source);
const letGo = found.isKept
  ? claimBuild(found.directory)
  : () => rmSync(dirname(found.directory), { recursive: true, force: true });
process.once('exit', letGo);
// Who is killed cannot end what it started: a program that is told to ends when its input does. Not for its own children.
if (process.env.ENDS_WITH_INPUT === '1') {
  delete process.env.ENDS_WITH_INPUT;
  process.stdin
    .once('close', () => process.kill(process.pid, 'SIGTERM'))
    .resume()
    .unref();
}
const program = found.programs[source];
process.argv.splice(1, process.argv.length - 1, program, ...args);
// So that stacks name lines of the source.
process.setSourceMapsEnabled(true);
await import(pathToFileURL(program).href);
