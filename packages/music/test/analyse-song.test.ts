import t from 'tap';
import {
  ANALYSIS_VERSION,
  type AnalysisCache,
  analyseInWorker,
  analyseSong,
  type SongAnalysis,
} from '../src/index.ts';
import { pack } from './support/pack.ts';
import { synthesiseBachata } from './support/synthesise.ts';

class MemoryCache implements AnalysisCache {
  readonly kept = new Map<string, SongAnalysis>();
  async find(contentHash: string, version: number): Promise<SongAnalysis | null> {
    return this.kept.get(`${contentHash}/${version}`) ?? null;
  }
  async save(contentHash: string, version: number, analysis: SongAnalysis): Promise<void> {
    this.kept.set(`${contentHash}/${version}`, analysis);
  }
}

const analyseSound = analyseInWorker;
const { samples } = synthesiseBachata({ tempoBpm: 130, parts: [['verse', 4]] });

t.test('a song is decoded and analysed once, then comes from the cache', async (t) => {
  const cache = new MemoryCache();
  let decoded = 0;
  const decode = async () => {
    decoded++;
    return pack(samples);
  };
  const first = await analyseSong({ contentHash: 'abc', decode, analyseSound, cache });
  t.ok(Math.abs(first.tempoBpm - 130) < 0.5);
  t.same([...cache.kept.keys()], [`abc/${ANALYSIS_VERSION}`]);
  t.same(await analyseSong({ contentHash: 'abc', decode, analyseSound, cache }), first);
  t.equal(decoded, 1);
  await analyseSong({ contentHash: 'other', decode, analyseSound, cache });
  t.equal(decoded, 2);
});

t.test('a decoder that fails passes its error on and nothing is saved', async (t) => {
  const cache = new MemoryCache();
  const decode = () => Promise.reject(new Error('broken file'));
  await t.rejects(analyseSong({ contentHash: 'abc', decode, analyseSound, cache }), {
    message: 'broken file',
  });
  t.equal(cache.kept.size, 0);
});

t.test('invalid audio is not saved', async (t) => {
  const cache = new MemoryCache();
  const decode = async () => pack(Float32Array.from([Number.NaN]));
  await t.rejects(analyseSong({ contentHash: 'abc', decode, analyseSound, cache }), {
    code: 'MUSIC_INVALID_AUDIO',
  });
  t.equal(cache.kept.size, 0);
});

t.test('a song cancelled while it is decoded is neither analysed nor saved', async (t) => {
  const cache = new MemoryCache();
  const controller = new AbortController();
  const decode = async () => {
    controller.abort();
    return pack(samples);
  };
  const { signal } = controller;
  await t.rejects(analyseSong({ contentHash: 'abc', decode, analyseSound, cache, signal }), {
    code: 'CANCELLED',
  });
  t.equal(cache.kept.size, 0);
});

t.test('a song cancelled from the start asks neither cache nor decoder', async (t) => {
  const untouched = () => Promise.reject(new Error('must not be called'));
  const cache = { find: untouched, save: untouched };
  const signal = AbortSignal.abort();
  await t.rejects(analyseSong({ contentHash: 'abc', decode: untouched, analyseSound, cache, signal }), {
    code: 'CANCELLED',
  });
});
