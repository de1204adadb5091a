import t from 'tap';
import { wholeCounts } from '../src/clip-counts.ts';

const CASES: readonly [string, Parameters<typeof wholeCounts>[0], number][] = [
  ['eight counts at 120 BPM are four seconds', { durationSec: 4, tempoBpm: 120, firstDownbeatSec: 0 }, 8],
  [
    'a frame short of eight counts is eight counts',
    { durationSec: 3.97, tempoBpm: 120, firstDownbeatSec: 0 },
    8,
  ],
  [
    'what stands before the first "1" does not count',
    { durationSec: 8.3, tempoBpm: 120, firstDownbeatSec: 0.6 },
    8,
  ],
  ['sixteen counts and a bit are sixteen', { durationSec: 9.5, tempoBpm: 120, firstDownbeatSec: 0.5 }, 16],
  ['seven counts are four', { durationSec: 3.5, tempoBpm: 120, firstDownbeatSec: 0 }, 4],
  ['three counts are none', { durationSec: 1.5, tempoBpm: 120, firstDownbeatSec: 0 }, 0],
  ['a "1" behind the end is none', { durationSec: 1, tempoBpm: 120, firstDownbeatSec: 5 }, 0],
];

for (const [title, clip, expected] of CASES) t.test(title, async (t) => t.equal(wholeCounts(clip), expected));
