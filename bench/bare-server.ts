import Fastify from 'fastify';
import pg from 'pg';

/**
 * What the API is measured beside: routes that send one query's rows as JSON, and nothing else. No login, no owner, no
 * validation, no log, no headers of protection; the same columns, the same pool.
 */
const TASK = `
  select t.task_id, t.status, t.progress, t.stage, t.message, t.result, t.error, t.difficulty, t.style, t.created_at,
    t.updated_at, t.completed_at, s.id, s.title, s.artist, s.duration, s.bpm, s.genre, s.created_at as song_created_at
  from choreography_tasks t left join songs s on s.id = t.song_id where t.task_id = $1`;
const SONG_PAGE = `
  select id, title, artist, duration, bpm, genre, created_at, count(*) over () as count
  from songs order by lower(title), id limit $1 offset $2`;
const PAGE_SIZE = 20;
/** As many as the API opens. */
const POOL_SIZE = 10;

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: POOL_SIZE });
pool.on('error', () => {});
const server = Fastify();

server.get('/ready', async () => (await pool.query('select 1')).rows);
server.get<{ Params: { id: string } }>('/tasks/:id', async (request) => {
  return (await pool.query(TASK, [request.params.id])).rows[0];
});
server.get<{ Querystring: { page: string } }>('/songs', async (request) => {
  const offset = (Number(request.query.page) - 1) * PAGE_SIZE;
  const { rows } = await pool.query(SONG_PAGE, [PAGE_SIZE, offset]);
  return { count: Number(rows[0]?.count), results: rows };
});

process.once('SIGTERM', async () => {
  await server.close();
  await pool.end();
});
await server.listen({ host: process.env.HOST ?? '127.0.0.1', port: Number(process.env.PORT) });
