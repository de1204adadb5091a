import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction, createContext } from 'node:vm';
import { findMediaTools, probeMedia } from '@bachata-buddy/media';
import t from 'tap';
import { keptPrograms } from '../../dev/system/programs.ts';
import { startSystem } from '../../dev/system/running-system.ts';

/** The scripts that the API document gives to client developers, word for word. */
const script = (name: string): string => readFileSync(new URL(`${name}.js.txt`, import.meta.url), 'utf8');
const SONG_SEC = 8;
const DOCUMENTED_ORIGIN = 'http://localhost:8000';

type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/**
 * Runs a script as it stands. Only its surroundings differ: requests to the documented origin reach the API under
 * test, in one of the two slash forms, and its two-second poll comes round sooner.
 *
 * @returns what it told the console when the video was ready
 */
async function runScript(
  source: string,
  fetchApi: Fetch,
  accessToken: string,
): Promise<{ ready: string; said: unknown[][] }> {
  const said: unknown[][] = [];
  let videoReady: (url: string) => void = () => {};
  let broke: (error: Error) => void = () => {};
  const ready = new Promise<string>((resolve, reject) => {
    videoReady = resolve;
    broke = reject;
  });
  const console = {
    log: (...words: unknown[]) => {
      said.push(words);
      if (words[0] === 'Video ready:') videoReady(String(words[1]));
    },
    error: (...words: unknown[]) => broke(new Error(words.join(' '))),
  };
  const soon = (work: () => Promise<unknown>): unknown => setTimeout(() => work().catch(broke), 250);
  const context = createContext({ fetch: fetchApi, console, setTimeout: soon, accessToken, JSON });
  const run = compileFunction(`return (async () => {${source}\n})()`, [], { parsingContext: context });
  await run();
  return { ready: await ready, said };
}

t.test('the document’s own workflows 1 and 2 run unchanged, in both slash forms', async (t) => {
  const { origin, mediaDirectory } = await startSystem(t, {
    programs: keptPrograms,
    songDurationSec: SONG_SEC,
    environment: { RENDER_SIZE: '320x180' },
  });
  const requested: string[] = [];
  const fetchApi =
    (hasSlash: boolean): Fetch =>
    (url, init) => {
      const target = new URL(url.replace(DOCUMENTED_ORIGIN, origin));
      target.pathname = target.pathname.replace(/\/*$/, hasSlash ? '/' : '');
      requested.push(`${init?.method ?? 'GET'} ${target.pathname}`);
      return fetch(target, { redirect: 'error', ...init });
    };

  const registration = await fetch(`${origin}/api/auth/register/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'user', password: 'pasos-de-noche', password2: 'pasos-de-noche' }),
  });
  t.equal(registration.status, 201);
  const tools = await findMediaTools();

  for (const hasSlash of [false, true]) {
    const login = await fetchApi(hasSlash)(`${DOCUMENTED_ORIGIN}/api/auth/login/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: 'user', password: 'pasos-de-noche' }),
    });
    const { access } = (await login.json()) as { access: string };
    for (const name of ['document-workflow-1', 'document-workflow-2']) {
      const { ready: videoUrl, said } = await runScript(script(name), fetchApi(hasSlash), access);
      t.match(videoUrl, /^\/media\/output\/choreography_[0-9a-f-]{36}\.mp4$/, `${name}: the documented URL`);
      const video = await fetch(`${origin}${videoUrl}`, { headers: { range: 'bytes=0-99' } });
      t.equal(video.status, 206, 'it plays from the first byte, without a login');
      t.match(video.headers.get('content-type'), 'video/mp4');
      await video.arrayBuffer();
      const probe = await probeMedia(tools, join(mediaDirectory, videoUrl.replace('/media/', '')));
      t.match(probe, { video: { codec: 'h264', pixelFormat: 'yuv420p' }, audio: { codec: 'aac' } });
      t.ok(Math.abs(probe.durationSec - SONG_SEC) < 0.1, `as long as the song: ${probe.durationSec}`);
      if (name.endsWith('2')) {
        t.same(said[0], [
          'AI parsed:',
          {
            difficulty: 'beginner',
            energy_level: 'low',
            style: 'romantic',
            special_requirements: ['smooth transitions'],
          },
        ]);
        t.same(said[1], ['Selected song:', { id: 1, title: 'Pulso', artist: 'Los Pulsos' }]);
      }
    }
  }
  t.ok(requested.includes('POST /api/choreography/generate-from-song'));
  t.ok(requested.includes('POST /api/choreography/generate-from-song/'));
});
