import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { SCENARIOS } from '../../dev/chaos/scenarios.ts';
import { ROOT_DIRECTORY } from '../../paths.ts';

const SCENARIO_FOLDER = join(ROOT_DIRECTORY, 'infra/dev/chaos/scenarios');
const TEST_FOLDER = join(ROOT_DIRECTORY, 'infra/test/chaos');

t.test('every scenario is in the list that pnpm chaos runs, and in a test', async (t) => {
  const files = readdirSync(SCENARIO_FOLDER).map((file) => file.replace(/\.ts$/, ''));
  t.same(SCENARIOS.map(({ name }) => name).toSorted(), files.toSorted());
  const tests = readdirSync(TEST_FOLDER).map((file) => readFileSync(join(TEST_FOLDER, file), 'utf8'));
  t.same(
    files.filter((file) => !tests.some((text) => text.includes(`scenarios/${file}.ts`))),
    [],
  );
});
