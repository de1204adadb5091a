import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findMediaTools } from '@bachata-buddy/media';
import { hasCode } from '@bachata-buddy/platform';
import t from 'tap';
import { encodeSong } from '../src/songs/encode-song.ts';
import { SONG_SAMPLE_RATE_HZ, specificationOf } from '../src/songs/forms.ts';
import { makeSong } from '../src/songs/index.ts';
import { SONG_PLANS } from '../src/songs/song-list.ts';
import { synthesise } from '../src/songs/synthesise.ts';

const PLAN = { ...SONG_PLANS[3]!, form: [['verse', 1] as const] };
const SONG = specificationOf(PLAN);
const SOUND = synthesise(PLAN);
const TAGS = { title: SONG.title, artist: SONG.artist, genre: SONG.genre };

function decode(ffmpegPath: string, filePath: string): Float32Array {
  const args = [
    '-v',
    'error',
    '-i',
    filePath,
    '-ac',
    '1',
    '-ar',
    String(SONG_SAMPLE_RATE_HZ),
    '-f',
    'f32le',
    '-',
  ];
  const bytes = execFileSync(ffmpegPath, args, { maxBuffer: 1 << 26 });
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

t.test('an encoded song decodes to its stated length, with its first beat in place', async (t) => {
  const { ffmpegPath, ffprobePath } = await findMediaTools();
  const filePath = join(t.testdir(), 'song.part');
  await encodeSong(SOUND, { ffmpegPath, filePath, tags: TAGS });
  const samples = decode(ffmpegPath, filePath);
  t.ok(Math.abs(samples.length / SONG_SAMPLE_RATE_HZ - SONG.durationSec) < 0.03);
  const firstSec = samples.findIndex((sample) => Math.abs(sample) > 0.02) / SONG_SAMPLE_RATE_HZ;
  t.ok(Math.abs(firstSec - SONG.beats[0]!) < 0.005, `${firstSec} s for ${SONG.beats[0]} s`);
  const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
  t.ok(peak < 1, `nothing clips: the loudest sample is ${peak}`);
  const entries = 'format_tags=title,artist,genre:stream=codec_name,sample_rate,channels';
  const probe = JSON.parse(
    execFileSync(ffprobePath, ['-v', 'error', '-show_entries', entries, '-of', 'json', filePath], {
      encoding: 'utf8',
    }),
  );
  t.match(probe.streams, [{ codec_name: 'aac', sample_rate: '44100', channels: 2 }]);
  t.match(probe.format.tags, TAGS);
});

t.test('the same song gives the same bytes', async (t) => {
  const { ffmpegPath } = await findMediaTools();
  const folder = t.testdir();
  const files = await Promise.all(
    ['first.m4a', 'second.m4a'].map(async (name) => {
      await encodeSong(SOUND, { ffmpegPath, filePath: join(folder, name), tags: TAGS });
      return readFileSync(join(folder, name));
    }),
  );
  t.ok(files[0]!.equals(files[1]!));
});

t.test('a song that cannot be written says so with its code and not with a path', async (t) => {
  const { ffmpegPath } = await findMediaTools();
  const filePath = join(t.testdir(), 'absent', 'song.m4a');
  const failure = encodeSong(SOUND, { ffmpegPath, filePath, tags: TAGS });
  await t.rejects(failure, { code: 'DEMO_ENCODE_FAILED', message: 'The song could not be encoded' });
  const absent = encodeSong(SOUND, { ffmpegPath: join(t.testdir(), 'no-ffmpeg'), filePath, tags: TAGS });
  await t.rejects(absent, { code: 'DEMO_ENCODE_FAILED' });
});

t.test('a cancelled song is a failure, not half a success', async (t) => {
  const { ffmpegPath } = await findMediaTools();
  const filePath = join(t.testdir(), 'song.m4a');
  const cancelled = encodeSong(SOUND, { ffmpegPath, filePath, tags: TAGS, signal: AbortSignal.abort() });
  await t.rejects(cancelled, { code: 'DEMO_ENCODE_FAILED' });
});

t.test('a song nobody composed is refused', async (t) => {
  const attempt = makeSong('no-such-song', 'never-written.m4a', { ffmpegPath: 'never-run' });
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  t.ok(hasCode(error, 'DEMO_UNKNOWN_ID'));
});
