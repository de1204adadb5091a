import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DockerfileParser, type Instruction } from 'dockerfile-ast';

export const DOCKER_FOLDER = fileURLToPath(new URL('../../docker/', import.meta.url));

export const dockerfiles: readonly string[] = readdirSync(DOCKER_FOLDER)
  .filter((name) => name.endsWith('.Dockerfile'))
  .sort();

export interface Dockerfile {
  readonly lines: readonly string[];
  readonly instructions: readonly Instruction[];
  /** What the last stage does; the ones before leave nothing in the image. */
  readonly lastStage: readonly Instruction[];
}

export function readDockerfile(name: string): Dockerfile {
  const text = readFileSync(join(DOCKER_FOLDER, name), 'utf8');
  const instructions = DockerfileParser.parse(text).getInstructions();
  const last = instructions.findLastIndex((instruction) => instruction.getKeyword() === 'FROM');
  return { lines: text.split('\n'), instructions, lastStage: instructions.slice(last) };
}

export function ofKind(keyword: string, instructions: readonly Instruction[]): Instruction[] {
  return instructions.filter((instruction) => instruction.getKeyword() === keyword);
}

/** What stands behind the keyword, line breaks taken out. */
export function textOf(instruction: Instruction | undefined): string {
  return (instruction?.getArgumentsContent() ?? '').replace(/\\\n/g, ' ');
}

/** The names that `ENV` instructions set. */
export function environmentOf(instructions: readonly Instruction[]): string[] {
  return ofKind('ENV', instructions).flatMap((instruction) =>
    instruction.getArguments().map((argument) => argument.getValue().split('=')[0] ?? ''),
  );
}
