import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** HashiCorp's parser as WebAssembly. Its types would bring those of browsers into every file of the project. */
const { parse } = createRequire(import.meta.url)('@cdktn/hcl2json') as {
  parse(fileName: string, text: string): Promise<object>;
};

export const TERRAFORM_FOLDER = fileURLToPath(new URL('../../terraform/', import.meta.url));

/** A block as HCL's own parser reads it: expressions are text, `${…}`; blocks are lists. */
export type Block = Readonly<Record<string, unknown>>;

export interface Terraform {
  /** By `type.name`. */
  readonly resources: ReadonlyMap<string, Block>;
  /** By `type.name`. */
  readonly data: ReadonlyMap<string, Block>;
  readonly variables: ReadonlyMap<string, Block>;
  readonly outputs: ReadonlyMap<string, Block>;
  readonly locals: ReadonlyMap<string, unknown>;
  /** What is asked for of each provider. */
  readonly versions: Readonly<Record<string, string>>;
  /** Every text in every file, in no order. */
  readonly expressions: readonly string[];
}

interface ParsedFile {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, readonly Block[]>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, readonly Block[]>>>>;
  readonly variable?: Readonly<Record<string, readonly Block[]>>;
  readonly output?: Readonly<Record<string, readonly Block[]>>;
  readonly locals?: readonly Block[];
  readonly terraform?: readonly Block[];
}

/** All files of the folder as one module, which is what they are. @throws where one cannot be parsed */
export async function readTerraform(): Promise<Terraform> {
  const names = readdirSync(TERRAFORM_FOLDER).filter((name) => name.endsWith('.tf'));
  const files = await Promise.all(
    names.map(async (name) => {
      const text = readFileSync(join(TERRAFORM_FOLDER, name), 'utf8');
      return (await parse(name, text)) as ParsedFile;
    }),
  );
  return {
    resources: new Map(files.flatMap(({ resource }) => flatten(resource))),
    data: new Map(files.flatMap(({ data }) => flatten(data))),
    variables: new Map(files.flatMap(({ variable }) => firstOf(variable))),
    outputs: new Map(files.flatMap(({ output }) => firstOf(output))),
    locals: new Map(files.flatMap(({ locals = [] }) => locals.flatMap((block) => Object.entries(block)))),
    versions: versionsIn(files),
    expressions: textsIn(files),
  };
}

function versionsIn(files: readonly ParsedFile[]): Record<string, string> {
  const required = files.flatMap(({ terraform = [] }) => blocksIn(terraform, 'required_providers'));
  const entries = required.flatMap((block) => Object.entries(block) as [string, { version?: string }][]);
  return Object.fromEntries(entries.map(([name, { version = '' }]) => [name, version]));
}

function flatten(byType: ParsedFile['resource'] = {}): [string, Block][] {
  return Object.entries(byType).flatMap(([type, byName]) =>
    firstOf(byName).map(([name, block]): [string, Block] => [`${type}.${name}`, block]),
  );
}

function firstOf(byName: Readonly<Record<string, readonly Block[]>> = {}): [string, Block][] {
  return Object.entries(byName).map(([name, [block]]) => [name, block ?? {}]);
}

/** The texts in a value of any depth, with the keys of its maps. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

/** The nested blocks of a kind, wherever in a block they stand; of a `dynamic` one, its content. */
export function blocksIn(block: unknown, kind: string): Block[] {
  if (typeof block !== 'object' || block === null) return [];
  return Object.entries(block).flatMap(([key, inner]) => [
    ...(key === kind ? ((Array.isArray(inner) ? inner : [inner]) as Block[]) : []),
    ...blocksIn(inner, kind),
  ]);
}
