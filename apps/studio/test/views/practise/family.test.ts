import t from 'tap';
import { familyOf } from '../../../src/views/practise/logic/family.ts';

const task = (id: string, at: number, revisionOf?: string) => ({
  task_id: id,
  created_at: `2026-01-0${at}T00:00:00Z`,
  ...(revisionOf === undefined ? {} : { revision_of: revisionOf }),
});

t.test('changes of one dance are found from any of them, the oldest first', async (t) => {
  const tasks = [
    task('grandchild', 4, 'child'),
    task('other', 1),
    task('child', 2, 'root'),
    task('root', 1),
    task('sibling', 3, 'root'),
  ];
  for (const { task_id: id } of tasks.filter((each) => each.task_id !== 'other'))
    t.strictSame(
      familyOf(tasks, id).map((each) => each.task_id),
      ['root', 'child', 'sibling', 'grandchild'],
    );
  t.strictSame(
    familyOf(tasks, 'other').map((each) => each.task_id),
    ['other'],
  );
});

t.test('a dance whose original is gone, or beyond the page, is still one', async (t) => {
  const tasks = [task('a', 1, 'gone'), task('b', 2, 'gone')];
  t.equal(familyOf(tasks, 'a').length, 2);
});
