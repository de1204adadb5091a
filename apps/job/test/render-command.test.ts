import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { programArguments } from '@bachata-buddy/platform/testkit';
import t from 'tap';
import { documentOf, makePrepared, makeSong } from './footage.ts';
import { JOB_COMMAND } from './job-program.ts';

const run = promisify(execFile);
const CLIP = 'prepared/clips/0123456789abcdef0123456789abcdef';

/** None of its media is there: rendering it would fail for that. */
const OF_MISSING_MEDIA = JSON.stringify(
  documentOf({ moves: [{ clip: `${CLIP}.mp4`, startSec: 0, durationSec: 2 }], totalSec: 2 }),
);

/** Of media in a folder of `root`, which all else that is written goes into, too. */
function render(root: string, blueprint: string, out: string) {
  const args = [join(root, blueprint), '--out', out, '--media', join(root, 'media')];
  return run(JOB_COMMAND.file, [...programArguments('apps/job/src/render-command.ts'), ...args], {
    cwd: JOB_COMMAND.cwd,
    env: {
      PATH: process.env.PATH,
      JOB_TEMP_DIR: join(root, 'tmp'),
      RENDER_CACHE_DIR: join(root, 'kept'),
      RENDER_SIZE: '64x36',
    },
  });
}

t.test('a video that is rendered by hand has what belongs to it beside it', async (t) => {
  const root = t.testdir({ media: { prepared: { clips: {} } } });
  const media = join(root, 'media');
  await makePrepared(join(media, 'prepared/clips'), `${basename(CLIP)}.mp4`, { frames: 60, keyframes: [0] });
  await mkdir(join(root, 'tmp'));
  await makeSong(media, 'song.wav', 2);
  await writeFile(join(media, `${CLIP}.jpg`), 'a poster');
  await writeFile(join(media, `${CLIP}.sheet.jpg`), 'a sheet');
  const document = documentOf({
    moves: [{ clip: `${CLIP}.mp4`, startSec: 0, durationSec: 2 }],
    totalSec: 2,
  });
  const [move] = document.moves as Record<string, unknown>[];
  Object.assign(move!, { counts: 4, move_name: 'Basic' });
  await writeFile(join(root, 'dance.json'), JSON.stringify(document));
  const out = join(root, 'films/Dance of mine.mp4');
  await render(root, 'dance.json', out);
  const made = ['.chapters.vtt', '.jpg', '.mp4', '.thumbnails.vtt', '.vtt'].map(
    (end) => `Dance of mine${end}`,
  );
  t.strictSame((await readdir(join(root, 'films'))).sort(), made.sort());
  t.equal(await readFile(join(root, 'films/Dance of mine.jpg'), 'utf8'), 'a poster');
  t.match(await readFile(join(root, 'films/Dance of mine.vtt'), 'utf8'), /^WEBVTT[\s\S]*Basic/);
  const thumbnails = await readFile(join(root, 'films/Dance of mine.thumbnails.vtt'), 'utf8');
  const [, named] = /^(.*)#xywh=0,0,160,90$/m.exec(thumbnails)!;
  const sheet = resolve(dirname(out), decodeURIComponent(named!));
  t.equal(await readFile(sheet, 'utf8'), 'a sheet', 'the sheet is found from where the document lies');
  t.strictSame(await readdir(join(root, 'tmp')), []);
});

t.test('where no video can be written is said before any is rendered', async (t) => {
  const root = t.testdir({ 'dance.json': OF_MISSING_MEDIA, media: {}, films: { 'dance.jpg': {} } });
  for (const [out, folder] of [
    ['films', 'films'],
    ['films/dance.mp4', 'films/dance.jpg'],
  ] as const) {
    await t.rejects(render(root, 'dance.json', join(root, out)), {
      code: 2,
      stderr: `error: ${join(root, folder)} is a folder, not the name of a file.\n`,
    });
  }
  t.strictSame((await readdir(root)).sort(), ['dance.json', 'films', 'media'], 'nothing is written');
});

t.test('a blueprint or a folder of media that is not there is named', async (t) => {
  const root = t.testdir({ 'dance.json': OF_MISSING_MEDIA });
  for (const [blueprint, problem] of [
    ['dances.json', `${join(root, 'dances.json')} cannot be read: no such file or directory.`],
    ['dance.json', `${join(root, 'media')} is not a folder that can be read.`],
  ] as const) {
    const refused = render(root, blueprint, join(root, 'films/dance.mp4'));
    await t.rejects(refused, { code: 2, stderr: `error: ${problem}\n` });
  }
  t.strictSame(await readdir(root), ['dance.json']);
});
