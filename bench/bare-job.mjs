import { spawnSync } from 'node:child_process';
import pg from 'pg';

/** What the job's start is measured beside: a program that asks the database one thing and calls ffmpeg, no more. */
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
await client.query('select 1');
spawnSync(process.env.FFMPEG_PATH ?? 'ffmpeg', ['-i', '/dev/null'], { stdio: 'ignore' });
await client.end();
