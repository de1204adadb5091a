import { upsertMove } from '@bachata-buddy/database';
import t from 'tap';
import { addUser } from '../catalogue.ts';
import { actAs, makeTestApp } from '../make-test-app.ts';
import { addPlanningCatalogue } from '../planning-scene.ts';

const MOVES = '/api/choreography/moves';

t.test('the move library can be looked through', async (t) => {
  const { app, database } = await makeTestApp(t);
  await addPlanningCatalogue(database);
  const get = actAs(app, await addUser(database, 'maria'));
  const list = async (query: string) => (await get({ url: `${MOVES}/${query}` })).json();

  t.test('page by page, in the documented shape', async (t) => {
    const first = (await get({ url: `${MOVES}?page_size=10&label=turn&page=` })).json();
    t.match(first, { count: 8, next: null, previous: null });
    t.strictSame(first.results[0], {
      id: 'move-01',
      name: 'turn 1',
      label: 'turn',
      difficulty: 'intermediate',
      energy_level: 'low',
      style: 'energetic',
      duration: 9,
      counts: 16,
      tempo: 120,
    });
    t.match(await list('?page_size=20&page=2'), {
      count: 45,
      next: 'http://localhost/api/choreography/moves/?page=3&page_size=20',
      previous: 'http://localhost/api/choreography/moves/?page_size=20',
    });
  });

  t.test('by filters that hold together', async (t) => {
    const cases: [query: string, count: number][] = [
      ['?difficulty=beginner', 15],
      ['?difficulty=beginner&energy_level=low', 5],
      ['?style=modern', 9],
      ['?style=&counts=16', 45],
      ['?counts=8', 0],
      ['?counts=99999999999999999999', 0],
      ['?search=BODY_W', 7],
      ["?search=';drop table move_embeddings;--", 0],
      ['?__proto__=x&constructor=y', 45],
    ];
    for (const [query, count] of cases) t.equal((await list(query)).count, count, query);
    const slowest = await list('?ordering=-difficulty&page_size=1');
    t.equal(slowest.results[0].difficulty, 'advanced');
  });

  t.test('and every parameter that means nothing is named', async (t) => {
    const cases: [query: string, status: number, body: object][] = [
      [
        'difficulty=expert&energy_level=max&style=jazz&counts=many',
        400,
        {
          difficulty: ['"expert" is not a valid choice.'],
          energy_level: ['"max" is not a valid choice.'],
          style: ['"jazz" is not a valid choice.'],
          counts: ['A valid integer is required.'],
        },
      ],
      ['counts=-8', 400, { counts: ['Ensure this value is greater than or equal to 1.'] }],
      ['difficulty=constructor', 400, { difficulty: ['"constructor" is not a valid choice.'] }],
      ['search=a%00b', 400, { search: ['Null characters are not allowed.'] }],
      ['page_size=101', 400, { error: 'page_size cannot exceed 100' }],
      ['page=9', 404, { detail: 'Invalid page.' }],
    ];
    for (const [query, status, body] of cases) {
      const answer = await get({ url: `${MOVES}/?${query}` });
      t.strictSame([answer.statusCode, answer.json()], [status, body], query);
    }
    t.equal((await app.inject({ url: MOVES })).statusCode, 401);
  });

  t.test('drawn dancers are hidden where there are filmed ones', async (t) => {
    const embedding = { pose: [], audio: [], text: [] };
    const kind = { difficulty: 'beginner', energyLevel: 'low', style: 'modern' } as const;
    const clip = { durationSec: 9, tempoBpm: 120, firstDownbeatSec: 0, counts: 16, beats: [] };
    const ids = { moveId: 'drawn', name: 'Drawn', label: 'drawn', videoPath: 'moves/drawn.mp4' };
    await upsertMove(database, { ...ids, ...kind, ...clip, embedding, contentHash: null, source: 'demo' });
    t.equal((await list('?label=drawn')).count, 0);
  });
});
