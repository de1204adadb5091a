import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { blueprintJsonSchema } from '../json-schema.ts';
import { blueprintReference } from '../reference/markdown.ts';

const HELP = `Writes the blueprint's reference and JSON Schema from the schema in code.

Usage: node infra/build/run-program.mjs packages/blueprint/src/commands/generate-docs.ts [--check] [--out FOLDER]

  --check       write nothing; exit 1 where a file is not what would be written
  --out FOLDER  instead of the repository's docs/
  --help        this text
`;

const DOCS_FOLDER = fileURLToPath(new URL('../../../../docs', import.meta.url));
const MINIMAL_EXAMPLE = new URL('../../examples/minimal.json', import.meta.url);

interface GeneratedFile {
  readonly name: string;
  readonly text: string;
}

async function main(): Promise<number> {
  const options = readOptions();
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const files = await generate();
  return options.check ? check(files, options.folder) : write(files, options.folder);
}

function readOptions(): { help: boolean; check: boolean; folder: string } | string {
  try {
    const { values } = parseArgs({
      options: {
        help: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
        out: { type: 'string', default: DOCS_FOLDER },
      },
    });
    return { help: values.help, check: values.check, folder: values.out };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function generate(): Promise<GeneratedFile[]> {
  const minimalExample = await readFile(MINIMAL_EXAMPLE, 'utf8');
  return [
    { name: 'blueprint.schema.json', text: `${JSON.stringify(blueprintJsonSchema(), null, 2)}\n` },
    { name: 'blueprint.md', text: blueprintReference(minimalExample) },
  ];
}

async function check(files: readonly GeneratedFile[], folder: string): Promise<number> {
  let exitCode = 0;
  for (const file of files) {
    const isCurrent = (await readIfThere(`${folder}/${file.name}`)) === file.text;
    process.stdout.write(`${file.name}: ${isCurrent ? 'current' : 'stale, run without --check'}\n`);
    if (!isCurrent) exitCode = 1;
  }
  return exitCode;
}

async function write(files: readonly GeneratedFile[], folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  for (const file of files) {
    await writeFile(`${folder}/${file.name}`, file.text);
    process.stdout.write(`${file.name}: written\n`);
  }
  return 0;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

process.exitCode = await main();
