import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { type Block, blocksIn, readTerraform } from './read-terraform.ts';

/*
 * What `terraform validate` would say of arguments and blocks, without the provider: for the resources that are used,
 * `google-provider-schema.json` lists what the provider's sources declare at the tag of that version (of each
 * `ResourceX()` the `Schema`, of grants the `IamXSchema` with role, member and condition), without what is computed alone.
 * Whoever has the provider gets the same from `terraform providers schema -json`. CI runs `terraform validate` itself.
 */

type Argument = 'required' | 'optional' | { readonly required: boolean; readonly arguments: Arguments };
type Arguments = Readonly<Record<string, Argument>>;

const schema = JSON.parse(
  readFileSync(fileURLToPath(new URL('google-provider-schema.json', import.meta.url)), 'utf8'),
) as {
  readonly provider: string;
  readonly version: string;
  readonly resources: Readonly<Record<string, Arguments>>;
};

const META = new Set(['for_each', 'count', 'depends_on', 'lifecycle', 'provider', 'timeouts']);
const { resources, versions } = await readTerraform();

/** A block's arguments and inner blocks, those that are dynamic among them. */
function entriesOf(block: Block): [name: string, value: unknown][] {
  const { dynamic = {}, ...given } = block;
  const made = Object.keys(dynamic as object).map((name): [string, unknown] => [
    name,
    blocksIn((dynamic as Record<string, unknown>)[name], 'content'),
  ]);
  return [...Object.entries(given), ...made];
}

function check(t: Test, block: Block, known: Arguments, where: string): void {
  const entries = entriesOf(block);
  const names = new Set(entries.map(([name]) => name));
  for (const [name, value] of entries) {
    const argument = Object.hasOwn(known, name) ? known[name] : undefined;
    if (META.has(name)) continue;
    t.ok(argument !== undefined, `${where}.${name} is known`);
    if (typeof argument === 'object' && Array.isArray(value)) {
      for (const inner of value) check(t, inner as Block, argument.arguments, `${where}.${name}`);
    }
  }
  for (const [name, argument] of Object.entries(known)) {
    const isRequired = typeof argument === 'object' ? argument.required : argument === 'required';
    if (isRequired) t.ok(names.has(name), `${where}.${name} is given`);
  }
}

t.test(
  'every argument and block is one that the provider knows, and none that it requires is missing',
  async (t) => {
    const ofProvider = [...resources].filter(([address]) => address.startsWith('google_'));
    t.ok(ofProvider.length > 40);
    for (const [address, block] of ofProvider) {
      const known = schema.resources[address.split('.')[0] ?? ''];
      t.ok(known, `${address} is a resource of the provider`);
      check(t, block, known ?? {}, address);
    }
  },
);

t.test('the schema is that of the version which is asked for', async (t) => {
  t.equal(schema.provider, 'hashicorp/google');
  t.equal(versions.google, `~> ${schema.version.split('.').slice(0, 2).join('.')}`);
});

t.test('an argument that is misspelt is noticed, and one that is missing', async (t) => {
  const failures: string[] = [];
  const counting = { ok: (isOk: unknown, name: string) => isOk || failures.push(name) } as unknown as Test;
  check(counting, { nmae: 'x', location: 'x' }, schema.resources.google_storage_bucket ?? {}, 'bucket');
  t.same(failures, ['bucket.nmae is known', 'bucket.name is given']);
});
