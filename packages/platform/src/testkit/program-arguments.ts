import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../../../', import.meta.url);
const RUN_PROGRAM = fileURLToPath(new URL('infra/build/run-program.mjs', ROOT));

/**
 * What Node is told so that it runs a program of this workspace: as it was compiled for this run of the tests
 * (`KEPT_PROGRAMS`), else by the command that compiles and keeps programs.
 *
 * @param source a path from the project's root
 */
export function programArguments(source: string): string[] {
  const built = compiledPrograms()[source];
  return built === undefined ? [RUN_PROGRAM, fileURLToPath(new URL(source, ROOT))] : [built];
}

function compiledPrograms(): Readonly<Record<string, string>> {
  const manifest = process.env.KEPT_PROGRAMS ?? '';
  return manifest === '' ? {} : JSON.parse(readFileSync(manifest, 'utf8')).programs;
}
