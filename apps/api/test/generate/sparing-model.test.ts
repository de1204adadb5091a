import type { LanguageModel } from '@bachata-buddy/choreography';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import t from 'tap';
import { makeSparingModel } from '../../src/generate/sparing-model.ts';
import type { Tap } from '../tap.ts';

async function makeScene(t: Tap, maxCallsPerDay: number) {
  const { db: database } = await makeTestDatabase(t);
  const asked: string[] = [];
  const model: LanguageModel = {
    async answerJson({ content }) {
      asked.push(content);
      if (content === 'broken') throw new Error('no answer');
      return { echo: [content] };
    },
  };
  const sparing = () => makeSparingModel(model, { database, maxCallsPerDay });
  const question = (content: string) => ({ instruction: 'Echo.', content, schema: {} });
  return { asked, sparing, question };
}

t.test('a question is asked once; what failed is asked again', async (t) => {
  const { asked, sparing, question } = await makeScene(t, 100);
  const model = sparing();
  const first = (await model.answerJson(question('a dip'))) as { echo: string[] };
  first.echo.push('spoilt');
  t.strictSame(await model.answerJson(question('a dip')), { echo: ['a dip'] });
  t.strictSame(await model.answerJson(question('a turn')), { echo: ['a turn'] });
  for (const _ of [1, 2]) await t.rejects(model.answerJson(question('broken')), /no answer/);
  t.strictSame(asked, ['a dip', 'a turn', 'broken', 'broken']);
});

t.test('a day has a budget, of all instances together', async (t) => {
  const { asked, sparing, question } = await makeScene(t, 3);
  const instances = [sparing(), sparing()];
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, (_, index) => instances[index % 2]?.answerJson(question(`sentence ${index}`))),
  );
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 3);
  t.equal(asked.length, 3);
  await t.rejects(sparing().answerJson(question('one more')), { code: 'LANGUAGE_MODEL_BUDGET_SPENT' });
});
