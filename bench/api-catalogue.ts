import { migrateDatabase } from '@bachata-buddy/database';
import pg from 'pg';

const SONG_COUNT = 500;
const TASK_COUNT = 1_000;

const SONGS = `
  insert into songs (title, artist, duration, bpm, tempo_bpm, genre, audio_path)
  select 'Bachata number ' || n, 'Artist ' || n % 90, 150 + n % 140, 110 + n % 40, 110.4 + n % 40,
    (array['Traditional', 'Modern', 'Sensual', 'Urban'])[1 + n % 4] || ' Bachata', 'songs/song_' || n || '.mp3'
  from generate_series(1, $1::int) n`;

/** One in ten failed, one in ten is on its way, the others are done. */
const TASKS = `
  insert into choreography_tasks (task_id, user_id, status, progress, stage, message, result, error, song_id,
    request_kind, difficulty, energy_level, style, seed, attempt, completed_at, created_at)
  select id, $2::int, status, case status when 'completed' then 100 else 40 end,
    case status when 'completed' then 'completed' else 'video_assembly' end,
    case status when 'completed' then 'Choreography generated successfully' else 'Assembling video clips...' end,
    case status when 'completed' then jsonb_build_object('video_url', '/media/output/choreography_' || id || '.mp4',
      'output_path', 'output/choreography_' || id || '.mp4', 'duration', 180.25, 'file_size', 36992903,
      'num_moves', 29, 'difficulty', 'intermediate') end,
    case status when 'failed' then 'FFmpeg error: Invalid video codec' end,
    1 + n % (select count(*) from songs), 'song', 'intermediate', 'medium', 'modern', n, 1,
    case status when 'completed' then now() end, now() - n * interval '1 minute'
  from (select n, gen_random_uuid()::text as id,
    case n % 10 when 0 then 'failed' when 1 then 'running' else 'completed' end as status
    from generate_series(1, $1::int) n) task`;

export interface Catalogue {
  readonly taskIds: readonly string[];
  readonly songCount: number;
}

/** Brings an empty database to the head of all migrations. */
export const prepareDatabase = (databaseUrl: string) => migrateDatabase(databaseUrl);

/** Fills it with what a year of use leaves, the tasks all of one user. */
export async function fillCatalogue(databaseUrl: string, userId: number): Promise<Catalogue> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(SONGS, [SONG_COUNT]);
    await client.query(TASKS, [TASK_COUNT, userId]);
    await client.query('vacuum analyze');
    const { rows } = await client.query<{ task_id: string }>('select task_id from choreography_tasks');
    return { taskIds: rows.map((row) => row.task_id), songCount: SONG_COUNT };
  } finally {
    await client.end();
  }
}
