import { DATA_PREFIX, OPEN_STATUSES, withoutDataPrefix } from '@bachata-buddy/vocabulary';
import { sql } from 'drizzle-orm';
import type { Database } from '../../connect.ts';
import { listed } from '../../schema/lists.ts';
import type { Transaction } from '../../transaction.ts';
import { run, theRow } from '../run.ts';

/** What needs a song or a clip. All lists are sorted, and empty where nothing does. */
export interface MediaNeeds {
  /** Ids of tasks that are not ended and name it, or are being planned and may yet. */
  readonly openTasks: readonly string[];
  /** What collections keep of tasks that name it: the title, and whose it is. */
  readonly collectionItems: readonly string[];
  /** Class plans that such an item is part of: the title, and whose it is. */
  readonly classPlans: readonly string[];
  /** How many ended tasks name it; their videos are files of their own. */
  readonly endedTasks: number;
}

const NAMED_SONGS = sql`select task_id, blueprint_json->>'audio_path' as key from blueprints`;
/** Every storage key that a blueprint names, as it stands there. */
const NAMED_KEYS = sql`${NAMED_SONGS}
  union all
  select task_id, move->>'video_path' from blueprints, jsonb_array_elements(
    case jsonb_typeof(blueprint_json->'moves') when 'array' then blueprint_json->'moves' else '[]' end) as move`;
const IS_OPEN = sql`t.status in (${listed(OPEN_STATUSES)})`;

/**
 * What needs the objects under these keys.
 *
 * @param songId of the song that they are of; null: they are of a clip, which any task that is being planned may choose
 */
export async function findMediaNeeds(
  connection: Pick<Transaction, 'execute'>,
  { keys, songId }: { readonly keys: readonly string[]; readonly songId: number | null },
): Promise<MediaNeeds> {
  const names = keys.flatMap((key) => [key, `${DATA_PREFIX}${key}`]);
  const isOfClip = songId === null;
  // Reading all documents takes longer the more there are; a song is named by its own tasks, and by those of a song that is gone.
  const named = isOfClip
    ? NAMED_KEYS
    : sql`${NAMED_SONGS} join choreography_tasks s using (task_id)
        where s.song_id = ${songId}::integer or s.song_id is null`;
  const { rows } = await connection.execute<Record<keyof MediaNeeds, never>>(sql`
    with naming as (
      select distinct task_id from (${named}) as named where key = any(${sql.param(names)}::text[])
    ), planned as (
      select task_id from choreography_tasks t
      where ${IS_OPEN} and not exists (select from blueprints b where b.task_id = t.task_id)
        and (${isOfClip}::boolean or t.song_id is null or t.song_id = ${songId}::integer)
    ), kept as (
      select s.id, s.title, u.username from saved_choreographies s
      join naming using (task_id) join users u on u.id = s.user_id
    )
    select
      array(select t.task_id::text from choreography_tasks t where ${IS_OPEN}
        and t.task_id in (select task_id from naming union select task_id from planned) order by 1) as "openTasks",
      array(select format('"%s" of %s', title, username) from kept order by 1) as "collectionItems",
      array(select distinct format('"%s" of %s', p.title, u.username) from kept
        join class_plan_sequences q on q.choreography_id = kept.id
        join class_plans p on p.id = q.class_plan_id join users u on u.id = p.instructor_id
        order by 1) as "classPlans",
      (select count(*) from choreography_tasks t join naming using (task_id) where not ${IS_OPEN})::integer
        as "endedTasks"`);
  return theRow(rows);
}

/** How many tasks name each storage key; keys that none does are left out. */
export function countTasksByKey(db: Database): Promise<ReadonlyMap<string, number>> {
  return run(async () => {
    const { rows } = await db.orm.execute<{ key: string; tasks: number }>(sql`
      select key, count(distinct task_id)::integer as tasks from (${NAMED_KEYS}) as named
      where key is not null group by key`);
    const counts = new Map<string, number>();
    for (const { key, tasks } of rows) {
      const plain = withoutDataPrefix(key);
      counts.set(plain, (counts.get(plain) ?? 0) + tasks);
    }
    return counts;
  });
}
