import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setSongGrid } from '@bachata-buddy/database';
import { findMediaTools, probeMedia } from '@bachata-buddy/media';
import { makePulseSong } from '@bachata-buddy/media/testkit';
import { analyseInWorker } from '@bachata-buddy/music';
import t from 'tap';
import { addSong, addUser } from '../catalogue.ts';
import { actAs, makeTestApp } from '../make-test-app.ts';
import { addPlanningCatalogue } from '../planning-scene.ts';

t.test('a song that was brought in before is drawn, and sampled, from its own sound', async (t) => {
  const { app, database, storageDirectory } = await makeTestApp(t, { analyseSound: analyseInWorker });
  mkdirSync(join(storageDirectory, 'songs'));
  await makePulseSong(join(storageDirectory, 'songs/Pulses.m4a'), { durationSec: 32, tempoBpm: 120 });
  const song = await addSong(database, 'Pulses', { audioPath: 'songs/Pulses.m4a' });
  const asMaria = actAs(app, await addUser(database, 'maria'));
  const url = `/api/choreography/songs/${song.id}`;
  const [answer] = await Promise.all([
    asMaria({ url: `${url}/waveform/` }),
    asMaria({ url: `${url}/waveform/` }),
  ]);
  const waveform = answer.json();
  t.equal(answer.headers['cache-control'], 'private, no-cache');
  t.match(waveform, { song_id: song.id, peaks_per_sec: 20 });
  t.ok(Math.abs(waveform.duration_sec - 32) < 0.1);
  t.ok(Math.abs(waveform.tempo_bpm - 120) < 0.5);
  t.equal(waveform.peaks.length, Math.ceil(waveform.duration_sec * 20));
  // A pulse every half second dies away in much less.
  const loud = waveform.peaks.flatMap((peak: number, index: number) => (peak > 0.4 ? [index % 10] : []));
  t.ok(loud.length >= 60 && loud.every((place: number) => place <= 1 || place === 9), `${loud}`);
  t.ok(
    waveform.peaks.every(
      (peak: number) => peak >= 0 && peak <= 1 && Number.isInteger(Math.round(peak * 1e6) / 1e4),
    ),
  );
  for (const beat of waveform.beats_sec) t.ok(Math.abs(beat * 2 - Math.round(beat * 2)) < 0.08, `${beat}`);
  for (const one of waveform.eights_sec) t.ok(waveform.downbeats_sec.includes(one));
  for (const part of waveform.sections) t.ok(part.end_sec > part.start_sec, part.kind);
  const known = { 'if-none-match': String(answer.headers.etag) };
  t.equal((await asMaria({ url: `${url}/waveform/`, headers: known })).statusCode, 304);

  const sample = await asMaria({ url: `${url}/sample/` });
  t.match(sample.headers, { 'content-type': 'audio/mp4', 'cache-control': 'private, max-age=86400' });
  const path = join(storageDirectory, 'heard.m4a');
  await writeFile(path, sample.rawPayload);
  const { audio } = await probeMedia(await findMediaTools(), path);
  t.ok(Math.abs((audio?.durationSec ?? 0) - 20) < 0.1, `${audio?.durationSec}`);
  const part = await asMaria({ url: `${url}/sample/`, headers: { range: 'bytes=0-99' } });
  t.strictSame([part.statusCode, part.rawPayload], [206, sample.rawPayload.subarray(0, 100)]);
});

t.test('what is drawn is counted as somebody said; without a sound there is nothing to draw', async (t) => {
  const { app, database } = await makeTestApp(t, { analyseSound: analyseInWorker });
  const [song] = await addPlanningCatalogue(database);
  const asMaria = actAs(app, await addUser(database, 'maria'));
  await database.pool.query(
    "insert into song_waveforms (content_hash, version, peaks) values ('hash-0', 1, '[0.5, 1]')",
  );
  const draw = async () => (await asMaria({ url: `/api/choreography/songs/${song!.id}/waveform/` })).json();
  const before = await draw();
  t.strictSame(before.peaks, [0.5, 1]);
  t.match(before.sections, [
    { kind: 'intro', start_sec: 1, end_sec: 17, confidence: 0.9 },
    { kind: 'verse', start_sec: 17, end_sec: 41, confidence: 0.8 },
    { kind: 'chorus', start_sec: 41, end_sec: 65, confidence: 0.7 },
  ]);
  await setSongGrid(database, song!.id, { gridChange: { shiftCounts: 1 }, tempoBpm: 120 });
  const shifted = await draw();
  t.strictSame(shifted.downbeats_sec.slice(0, 2), [1.5, 3.5]);
  t.strictSame(before.downbeats_sec.slice(0, 2), [1, 3]);
  const silent = await asMaria({ url: `/api/choreography/songs/${song!.id}/sample/` });
  t.strictSame(
    [silent.statusCode, silent.json()],
    [404, { detail: 'The sound of this song is not in storage.' }],
  );
});
