import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { listAllSongs } from '@bachata-buddy/database';
import { makePulseClip, makePulseSong } from '@bachata-buddy/media/testkit';
import t from 'tap';
import { type ApiUser, accepted, followTask, signIn } from '../../dev/system/api-user.ts';
import { startSystem } from '../../dev/system/running-system.ts';

const TEMPO_BPM = 125;
const LONGEST_NAME_BYTES = 255;

/** A few of each kind that a file system holds. */
const SONG_NAMES: readonly Buffer[] = [
  ...['Dile que... vuelva.mp3', '...mp3', '..., otra vez.mp3', '.. dos puntos.mp3', 'fin....mp3'],
  ...['salto\nde línea.mp3', 'retorno\r\nde carro.mp3', 'tab\tulado.mp3', '\u001b[31mrojo.mp3'],
  ...['barra\\inversa.mp3', '..\\..\\arriba.mp3', '100% amor.mp3', '%2e%2e%2fsube.mp3', '%s%n.mp3'],
  ...['-rf.mp3', '--help.mp3', '- y.mp3', 'file:dos.mp3', 'concat:uno|dos.mp3'],
  ...['💃🕺.MP3', '👩‍👩‍👧‍👦.mp3', 'Canción de año.mp3'.normalize('NFD'), '愛のバチャータ.mp3', 'عشق.mp3'],
  ...['$(reboot) `x` \'y\' "z".mp3', '\u202egnal.mp3', ' con espacios .mp3'],
  ...[`${'ñ'.repeat(125)}.mp3`, `${'x'.repeat(LONGEST_NAME_BYTES - 4)}.mp3`],
].map((name) => Buffer.from(name));
const NO_TEXT = Buffer.from('Obsesi\xf3n.mp3', 'latin1');

/** Clips are named in a document, so these are text. */
const CLIP_PATHS = [
  ...['basic/paso... básico.mp4', 'basic/-rf.mp4', 'basic/100% 💃.mp4', 'basic/salto\nde línea.mp4'],
  ...[`basic/${'Canción'.normalize('NFD')}.mp4`, 'basic/barra\\inversa.mp4'],
];

async function makeClips(directory: string): Promise<void> {
  const film = join(directory, 'film.mp4');
  await makePulseClip(film, { durationSec: 4.4, tempoBpm: TEMPO_BPM });
  for (const path of CLIP_PATHS) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await copyFile(film, join(directory, path));
  }
  const clips = CLIP_PATHS.map((path, index) => ({
    clip_id: `basic_named_${index}`,
    video_path: path,
    move_label: 'basic',
    energy_level: 'medium',
    difficulty: 'low',
    estimated_tempo: TEMPO_BPM,
  }));
  await writeFile(join(directory, 'annotations.json'), JSON.stringify({ clips }));
}

async function makeSongs(directory: string): Promise<readonly Buffer[]> {
  await mkdir(directory, { recursive: true });
  const names = [...SONG_NAMES, NO_TEXT];
  const song = join(dirname(directory), 'song.mp3');
  await makePulseSong(song, { durationSec: 13, tempoBpm: TEMPO_BPM });
  for (const name of names) await copyFile(song, Buffer.concat([Buffer.from(`${directory}/`), name]));
  return names;
}

/** Dances to it and plays the video. @returns what is wrong, if anything is */
async function dance(user: ApiUser, origin: string, songId: number): Promise<string | null> {
  const body = { song_id: songId, difficulty: 'beginner' as const };
  const answer = await user.client.POST('/api/choreography/generate-from-song', { body });
  const task = await followTask(user, accepted(answer).task_id);
  if (task.status !== 'completed') return `${task.status}: ${task.error}`;
  const url = (task.result as { video_url?: string } | null)?.video_url ?? '';
  const video = await fetch(new URL(url, origin), { headers: { range: 'bytes=4-7' } });
  const brand = await video.text();
  return video.status === 206 && brand === 'ftyp' ? null : `played ${video.status} ${brand}`;
}

t.test('whatever a song or a clip is called, it is danced to, played and removed', async (t) => {
  // Small pictures: what is asked is how files are found.
  const environment = { RENDER_SIZE: '320x180' };
  const system = await startSystem(t, { songDurationSec: 12, environment });
  const own = new Set((await listAllSongs(system.db, 'operator')).map(({ id }) => id));
  const directory = t.testdir({ clips: {} });
  await makeClips(join(directory, 'clips'));
  const names = await makeSongs(join(directory, 'songs'));

  const taken = await system.run('ingest', join(directory, 'clips'), '--songs', join(directory, 'songs'));
  t.equal(taken.exitCode, 0, taken.output);
  const songs = (await listAllSongs(system.db, 'operator')).filter(({ id }) => !own.has(id));
  t.equal(songs.length, names.length);
  t.equal(new Set(songs.map(({ audioPath }) => audioPath)).size, names.length, 'each has a key of its own');

  // Patient: a service whose machine is busy turns callers away for a while.
  const user = await signIn(system.origin, 'nombres');
  const wrong: string[] = [];
  for (const { id, audioPath } of songs) {
    const problem = await dance(user, system.origin, id);
    if (problem !== null) wrong.push(`${audioPath}: ${problem}`);
  }
  t.same(wrong, []);

  const removed = await system.run('songs', 'remove', ...songs.map(({ id }) => String(id)));
  t.equal(removed.exitCode, 0, removed.output);
  t.same(
    (await listAllSongs(system.db, 'operator')).map(({ id }) => id),
    [...own],
  );
  t.equal((await readdir(join(system.mediaDirectory, 'songs'))).length, own.size, 'and its files are gone');
});
