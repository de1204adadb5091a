import t from 'tap';
import { chosenByName } from '../../dev/commands/chosen-by-name.ts';

t.test('of several names the wrong one is refused before the right ones are worked on', async (t) => {
  const apps = { api: 1, job: 2 };
  t.strictSame(chosenByName('app', apps, ['job', 'api']), [
    ['job', 2],
    ['api', 1],
  ]);
  t.throws(() => chosenByName('app', apps, ['api', 'jop']), {
    code: 'USAGE',
    message: 'There is no app "jop"; there are api, job.',
  });
  t.throws(() => chosenByName('app', apps, ['constructor']), { code: 'USAGE' });
});
