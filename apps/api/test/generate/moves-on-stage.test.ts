import { buildMoveLibrary } from '@bachata-buddy/choreography';
import { type Database, retireMovesExcept } from '@bachata-buddy/database';
import { makeLogger } from '@bachata-buddy/platform';
import t from 'tap';
import { makeMoveLibraryCache } from '../../src/generate/move-library-cache.ts';
import { movesOnStage } from '../../src/generate/moves-on-stage.ts';
import { makeTestApp } from '../make-test-app.ts';
import { addPlanningCatalogue } from '../planning-scene.ts';

const drawn = { moveId: 'a', source: 'demo' };
const filmed = { moveId: 'b', source: 'folder' };

t.test(
  'the demo library steps aside as soon as there are real clips, and serves where there are none',
  async (t) => {
    t.same(movesOnStage([drawn, filmed]), [filmed]);
    t.same(movesOnStage([drawn]), [drawn]);
    t.same(movesOnStage([]), []);
  },
);

t.test('a changed library is built beside the old one, which serves on', async (t) => {
  const { database } = await makeTestApp(t);
  await addPlanningCatalogue(database);
  const log = makeLogger({ name: 'test', level: 'fatal' });
  let isRead: Promise<unknown> = Promise.resolve();
  const held = holdingLists(database, () => isRead);
  const load = makeMoveLibraryCache(held, { log, build: buildMoveLibrary, patienceMs: 0 });
  const first = await load();
  t.equal(first.moves.length, 45);
  t.equal(await load(), first);
  let letRead = () => {};
  isRead = new Promise<void>((resolve) => {
    letRead = resolve;
  });
  await retireMovesExcept(database, 'test', ['move-01', 'move-02']);
  t.equal(await load(), first, 'while the new one is read');
  letRead();
  let later = await load();
  while (later === first) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    later = await load();
  }
  t.same(
    later.moves.map(({ moveId }) => moveId),
    ['move-01', 'move-02'],
  );
  const patient = makeMoveLibraryCache(database, { log, build: buildMoveLibrary, patienceMs: 60_000 });
  await patient();
  await retireMovesExcept(database, 'test', ['move-01']);
  t.equal((await patient()).moves.length, 1, 'a small one is waited for');
});

t.test(
  'one library is built at a time, however often it changes, and each that was built is given',
  async (t) => {
    const { database } = await makeTestApp(t);
    await addPlanningCatalogue(database);
    const log = makeLogger({ name: 'test', level: 'fatal' });
    const opened: (() => void)[] = [];
    const held = holdingLists(database, () => new Promise<void>((resolve) => opened.push(resolve)));
    const load = makeMoveLibraryCache(held, { log, build: buildMoveLibrary, patienceMs: 0 });
    const first = load();
    await untilReads(1);
    opened[0]?.();
    t.equal((await first).moves.length, 45);
    const sizes: number[] = [];
    const change = async (count: number) => {
      const ids = Array.from({ length: count }, (_, index) => `move-0${index + 1}`);
      await retireMovesExcept(database, 'test', ids);
      sizes.push((await load()).moves.length);
    };
    await change(4);
    await untilReads(2);
    await change(3);
    await change(2);
    t.same(sizes, [45, 45, 45]);
    t.equal(opened.length, 2, 'what comes next waits for what is being built');
    opened[1]?.();
    await untilReads(3);
    t.equal((await load()).moves.length, 4, 'what was built last, though it is not the latest');
    opened[2]?.();
    while ((await load()).moves.length !== 2);
    t.equal(opened.length, 3, 'changes in between were not built');

    async function untilReads(count: number) {
      while (opened.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    }
  },
);

/** The database, but what is read in an order, as all moves are, comes only after a wait. */
function holdingLists(database: Database, wait: () => Promise<unknown>): Database {
  const held = (query: object): object =>
    new Proxy(query, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (name !== 'orderBy') return (...given: unknown[]) => held(Reflect.apply(value, target, given));
        return async (...given: unknown[]) => {
          const rows: unknown = await Reflect.apply(value, target, given);
          await wait();
          return rows;
        };
      },
    });
  return { ...database, orm: held(database.orm) as Database['orm'] };
}
