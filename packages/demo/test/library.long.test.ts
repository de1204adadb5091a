import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import {
  companionKeys,
  countTimesSec,
  findMediaTools,
  keyframeFrames,
  mezzanineTrack,
  readMovie,
} from '@bachata-buddy/media';
import t from 'tap';
import { DEMO_CLIP_SIZE, describeDemoLibrary, makeDemoLibrary } from '../src/index.ts';

const { ffmpegPath, ffprobePath } = await findMediaTools();
const SPECIFICATION = describeDemoLibrary();
const [SONG] = [...SPECIFICATION.songs].sort((a, b) => a.durationSec - b.durationSec);
const SHORT_MOVES = SPECIFICATION.moves.filter(({ counts }) => counts === 8).map(({ moveId }) => moveId);
const MOVE_IDS = SHORT_MOVES.slice(0, 2);
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

function probeFrames(path: string) {
  const entries =
    'stream=codec_name,width,height,r_frame_rate,pix_fmt:frame=key_frame,best_effort_timestamp_time';
  const args = ['-v', 'error', '-select_streams', 'v', '-show_entries', entries, '-of', 'json', path];
  return JSON.parse(execFileSync(ffprobePath, args, { encoding: 'utf8', maxBuffer: 1 << 24 }));
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' });
}

t.test('a part of the library is made as described, once, and mended where it is damaged', async (t) => {
  const directory = t.testdir();
  const only = { songIds: [SONG!.songId], moveIds: MOVE_IDS };
  const library = await makeDemoLibrary({ directory, ffmpegPath, only });
  t.equal(library.songs.length, 1);
  t.equal(library.moves.length, 2);
  const files = [...library.songs, ...library.moves];
  for (const file of files) {
    t.equal(sha256(join(directory, file.path)), file.sha256);
    t.equal(statSync(join(directory, file.path)).size, file.sizeBytes);
  }

  for (const move of library.moves) {
    const { streams, frames } = probeFrames(join(directory, move.path));
    t.match(streams[0], { codec_name: 'h264', width: 1280, height: 720, r_frame_rate: '30/1' });
    t.equal(frames.length, Math.round(move.durationSec * 30));
    for (const beat of move.beats) t.equal(frames[Math.round(beat * 30)].key_frame, 1, `keyframe at ${beat}`);
    const track = mezzanineTrack(await readMovie(join(directory, move.path)), DEMO_CLIP_SIZE);
    const isSync = track?.samples.isSync ?? [];
    const keyframes = [...isSync].flatMap((sync, frame) => (sync === 1 ? [frame] : []));
    const counted = keyframeFrames(countTimesSec(move)).filter((frame) => frame < isSync.length);
    t.same(keyframes, counted, 'in the house format, with the grid that preparing would give it');
    for (const companion of Object.values(companionKeys(move.path))) {
      t.equal(readFileSync(join(directory, companion)).readUInt16BE(0), 0xffd8, 'a JPEG beside it');
    }
  }

  const song = library.songs[0]!;
  const args = ['-v', 'error', '-i', join(directory, song.path), '-ac', '1', '-ar', '44100', '-f', 's16le'];
  const samples = execFileSync(ffmpegPath, [...args, '-'], { maxBuffer: 1 << 26 }).length / 2;
  const differenceSec = Math.abs(samples / 44_100 - song.durationSec);
  t.ok(differenceSec < 0.03, `decodes ${differenceSec} s off its length`);

  const times = () => files.map(({ path }) => statSync(join(directory, path)).mtimeMs);
  const before = times();
  t.same((await makeDemoLibrary({ directory, ffmpegPath, only })).moves, library.moves);
  t.same(times(), before, 'nothing is made again');

  const [first, second] = library.moves.map(({ path }) => join(directory, path));
  rmSync(first!);
  truncateSync(second!, 1000);
  const { poster } = companionKeys(first!);
  rmSync(poster);
  await makeDemoLibrary({ directory, ffmpegPath, only });
  t.equal(sha256(first!), library.moves[0]!.sha256, 'a deleted clip comes out the same');
  t.ok(statSync(poster).size > 0, 'with its poster');
  t.equal(sha256(second!), library.moves[1]!.sha256, 'a truncated clip comes out the same');
  t.equal(times()[0], before[0], 'the song was whole and stays');
});

t.test('a cancelled run leaves nothing unfinished and is continued', async (t) => {
  const directory = t.testdir();
  const only = { moveIds: SHORT_MOVES.slice(0, 3) };
  const cancelling = new AbortController();
  await t.rejects(
    makeDemoLibrary({
      directory,
      ffmpegPath,
      only,
      signal: cancelling.signal,
      onProgress: () => cancelling.abort(),
    }),
    { code: 'CANCELLED' },
  );
  t.same(
    filesBelow(directory).filter((name) => name.endsWith('.part')),
    [],
  );
  t.notOk(
    process.getActiveResourcesInfo().some((name) => /MessagePort|ProcessWrap/.test(name)),
    'no thread or ffmpeg is left',
  );
  const done: number[] = [];
  const library = await makeDemoLibrary({
    directory,
    ffmpegPath,
    only,
    onProgress: (progress) => done.push(progress.done),
  });
  t.equal(library.moves.length, 3);
  t.ok(done.length < 3, 'what was finished is kept');
});
