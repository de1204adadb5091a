import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostileFiles, watchChildren } from '@bachata-buddy/media/testkit';
import t from 'tap';
import { signAccessToken } from '../../src/auth/tokens.ts';
import { addUser } from '../catalogue.ts';
import { makeTestApp } from '../make-test-app.ts';

const NO_VIDEO =
  'Upload a valid video. The file you uploaded was either not an mp4 video or a corrupted one.';
const MOST_RESIDENT_BYTES = 300 * 1024 ** 2;

const directory = t.testdir({});

t.test('hostile files are no videos, and no program takes much to find that out', async (t) => {
  const files = await hostileFiles(directory, 'http://127.0.0.1:9/film.mp4');
  const { app, database } = await makeTestApp(t, { config: { UPLOAD_RATE_LIMIT_PER_HOUR: 1_000 } });
  const authorization = `Bearer ${signAccessToken(app, (await addUser(database, 'mallory')).id)}`;
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const upload = async (content: Uint8Array<ArrayBuffer>) => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ title: 'x', difficulty: 'beginner', duration: '1' })) {
      body.append(name, value);
    }
    body.append('video_path', new Blob([content]), 'dance.mp4');
    const answer = await fetch(`${origin}/api/collections/`, {
      method: 'POST',
      headers: { authorization },
      body,
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const watch = watchChildren();
  const sent = Object.entries(files).filter(([, content]) => content.length > 0);
  t.ok(sent.length >= 50, `${sent.length} files`);
  // As many at once as a client keeps connections.
  while (sent.length > 0) {
    await Promise.all(
      sent.splice(0, 6).map(async ([name, content]) => {
        const answer = await upload(Uint8Array.from(content));
        t.strictSame([answer.status, answer.body], [400, { video_path: [NO_VIDEO] }], name);
      }),
    );
  }
  const most = watch.end();
  t.ok(most < MOST_RESIDENT_BYTES, `at most ${Math.round(most / 1024 ** 2)} MB`);
  t.equal((await upload(Uint8Array.from(await readFile(join(directory, 'film.mp4'))))).status, 201);
});
