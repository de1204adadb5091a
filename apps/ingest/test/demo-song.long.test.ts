import { join } from 'node:path';
import { DEMO_WISHES, makeDemoLibrary } from '@bachata-buddy/demo';
import { decodeAudioInto, findMediaTools } from '@bachata-buddy/media';
import { ANALYSIS_SAMPLE_RATE_HZ, analyseInWorker, analyseSong, makeSoundPacker } from '@bachata-buddy/music';
import t from 'tap';

const tools = await findMediaTools();
const NO_CACHE = { find: async () => null, save: async () => {} };

t.test(
  'in the first song of the demo the parts, the beats and the eights are heard as composed',
  async (t) => {
    const directory = t.testdir();
    const only = { songIds: [DEMO_WISHES[0].songId] };
    const { songs } = await makeDemoLibrary({ directory, ffmpegPath: tools.ffmpegPath, only });
    const [song] = songs;
    const path = join(directory, song!.path);
    const heard = await analyseSong({
      contentHash: song!.sha256,
      decode: () => decodeAudioInto(tools, path, { sampleRateHz: ANALYSIS_SAMPLE_RATE_HZ }, makeSoundPacker),
      cache: NO_CACHE,
      analyseSound: analyseInWorker,
    });
    const nearest = (times: readonly number[], timeSec: number) =>
      Math.min(...times.map((time) => Math.abs(time - timeSec)));
    for (const beat of song!.beats.slice(0, -1))
      t.ok(nearest(heard.beats, beat) < 0.03, `a beat at ${beat} s`);
    for (const eight of song!.eights) t.ok(nearest(heard.downbeats, eight) < 0.03, `a "1" at ${eight} s`);
    t.same(
      heard.sections.map(({ label }) => label),
      song!.sections.map(({ label }) => label),
    );
    for (const [index, { label, start }] of song!.sections.entries()) {
      const found = heard.sections[index]?.start ?? Number.NaN;
      t.ok(Math.abs(found - start) < 0.03, `${label} from ${start} s, heard from ${found} s`);
    }
  },
);
