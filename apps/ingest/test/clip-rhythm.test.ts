import t from 'tap';
import { rhythmOfClip } from '../src/clip-rhythm.ts';

/** Ten seconds at 120 BPM whose sound has its "1" on the second beat. */
const heard = (downbeat: number, confidence = { tempo: 0.8, beat: 1 }) => ({
  durationSec: 10,
  tempoBpm: 120,
  beats: Array.from({ length: 19 }, (_, i) => 0.5 + i / 2),
  downbeats: [1, 3, 5, 7, 9],
  confidence: { ...confidence, downbeat, eight: 0 },
});
const nothingSaid = { estimatedTempoBpm: null, firstDownbeatSec: null, firstCount: null };

t.test('a sure "1" is the first one heard', async (t) => {
  t.match(rhythmOfClip(heard(0.9), nothingSaid), {
    tempoBpm: 120,
    firstDownbeatSec: 1,
    downbeatConfidence: 0.9,
    doubt: null,
  });
});

t.test('an unsure "1" is taken, and doubted', async (t) => {
  const rhythm = rhythmOfClip(heard(0.12), nothingSaid);
  t.match(rhythm, { firstDownbeatSec: 1, doubt: /not sure \(0\.12 of 1\): first_downbeat_sec/ });
});

t.test('where the sound is unsure, the annotation says which beat is the "1"', async (t) => {
  const rhythm = rhythmOfClip(heard(0.2), { ...nothingSaid, firstDownbeatSec: 1.58 });
  t.match(
    rhythm,
    { firstDownbeatSec: 1.5, downbeatConfidence: null, doubt: null },
    'on the beat that is meant',
  );
});

t.test(
  'a later "1" of the same count may be named; another count is doubted where the sound is sure',
  async (t) => {
    t.match(rhythmOfClip(heard(0.9), { ...nothingSaid, firstDownbeatSec: 3.05 }), {
      firstDownbeatSec: 3,
      doubt: null,
    });
    t.match(rhythmOfClip(heard(0.9), { ...nothingSaid, firstDownbeatSec: 1.5 }), {
      firstDownbeatSec: 1,
      doubt: /has the first "1" at 1\.50 s, its sound at 1\.00 s \(0\.90 of 1\): the sound is believed/,
    });
  },
);

t.test(
  'where the first count is a 5, the clip begins with the 1 after it, if it lasts so long',
  async (t) => {
    t.match(rhythmOfClip(heard(0.9), { ...nothingSaid, firstCount: 5 }), { firstDownbeatSec: 3 });
    t.match(rhythmOfClip(heard(0.9), { ...nothingSaid, firstCount: 1 }), { firstDownbeatSec: 1 });
    const short = { ...heard(0.9), durationSec: 4 };
    t.match(rhythmOfClip(short, { ...nothingSaid, firstCount: 5 }), { firstDownbeatSec: 1 });
  },
);

t.test("without a beat to trust, tempo and 1 are the annotation's", async (t) => {
  const said = { estimatedTempoBpm: 100, firstDownbeatSec: 0.4, firstCount: 5 as const };
  t.same(rhythmOfClip(heard(0.9, { tempo: 0.1, beat: 0.1 }), said), {
    tempoBpm: 100,
    firstDownbeatSec: 2.8,
    beats: [],
    downbeatConfidence: null,
    doubt: null,
  });
  const silent = { ...heard(0), beats: [], downbeats: [] };
  t.match(
    rhythmOfClip(silent, { ...said, firstDownbeatSec: null }),
    { downbeatConfidence: 0 },
    'nobody knows',
  );
  t.equal(rhythmOfClip({ ...heard(0), beats: [], downbeats: [] }, nothingSaid), null);
});
