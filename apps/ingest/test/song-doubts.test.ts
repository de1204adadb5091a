import { ANALYSIS_VERSION, type SongAnalysis } from '@bachata-buddy/music';
import t from 'tap';
import { doubtsOfSong } from '../src/song-doubts.ts';

const SURE: SongAnalysis = {
  version: ANALYSIS_VERSION,
  durationSec: 4,
  tempoBpm: 120,
  timeSignature: '4/4',
  beats: [0, 0.5, 1, 1.5],
  downbeats: [0],
  eights: [0],
  sections: [],
  energy: { hopSec: 0.5, values: [] },
  embedding: [],
  confidence: { tempo: 0.8, beat: 1, downbeat: 0.9, eight: 0.9 },
};

t.test(
  'a song that was heard well leaves no doubt, nor does one without a beat, which is refused',
  async (t) => {
    t.same(doubtsOfSong(SURE), []);
    t.same(doubtsOfSong({ ...SURE, beats: [] }), []);
  },
);

t.test('what is no music, no dance in four, or has no sure "1" is told', async (t) => {
  const { confidence } = SURE;
  const told = (change: Partial<SongAnalysis>) => doubtsOfSong({ ...SURE, ...change }).join();
  t.match(told({ confidence: { ...confidence, tempo: 0.05 } }), /hardly any beat .*0\.05/);
  t.equal(told({ timeSignature: '3/4' }), 'it is in 3/4, not a dance in four');
  t.match(
    told({ confidence: { ...confidence, downbeat: 0.2 } }),
    /"1" is not sure \(0\.20 of 1\): pnpm songs set-grid/,
  );
});
