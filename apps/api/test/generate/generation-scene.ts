import { type Blueprint, parseBlueprint } from '@bachata-buddy/blueprint';
import type { LanguageModel } from '@bachata-buddy/choreography';
import { type Database, findBlueprint, listTasks } from '@bachata-buddy/database';
import { makeLogger } from '@bachata-buddy/platform';
import { makePlanner } from '../../src/generate/planner.ts';
import { addUser } from '../catalogue.ts';
import { actAs, makeTestApp, type TestAppOptions } from '../make-test-app.ts';
import type { Tap } from '../tap.ts';

export const FROM_SONG = '/api/choreography/generate-from-song';
export const WITH_AI = '/api/choreography/generate-with-ai';
export const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
export const WISH = { song_id: 1, difficulty: 'intermediate', energy_level: 'high', style: 'modern' };
export const SENTENCE = 'Create a romantic bachata for beginners with smooth transitions';

export async function makeScene(t: Tap, options: TestAppOptions & { language?: LanguageModel } = {}) {
  const { language, ...appOptions } = options;
  const log = makeLogger({ name: 'test', level: 'fatal' });
  const testApp = await makeTestApp(t, {
    makePlanner: (opened) => makePlanner({ ...opened, log, language }),
    ...appOptions,
  });
  const maria = await addUser(testApp.database, 'maria');
  const asMaria = actAs(testApp.app, maria);
  const post = async (url: string, payload: object, headers: Record<string, string> = {}) => {
    const answer = await asMaria({ method: 'POST', url, payload, headers });
    return { status: answer.statusCode, body: answer.json() };
  };
  return { ...testApp, maria, asMaria, post };
}

export async function theBlueprint(
  database: Database,
  taskId: string,
): Promise<{ blueprint: Blueprint; sha256: string }> {
  const stored = await findBlueprint(database, taskId);
  if (stored === null) throw new Error('no blueprint is stored');
  return { blueprint: parseBlueprint(stored.blueprint), sha256: stored.sha256 };
}

export async function onlyTask(database: Database, userId: number) {
  const { rows, count } = await listTasks(database, { userId, limit: 5, offset: 0 });
  if (count !== 1 || rows[0] === undefined) throw new Error(`${count} tasks`);
  return rows[0];
}
