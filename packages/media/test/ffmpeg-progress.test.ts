import { makeFfmpegProgressParser } from '@bachata-buddy/media';
import t from 'tap';

/** As ffmpeg 5.1 wrote it while encoding two seconds of a test picture. */
const REAL_OUTPUT = `frame=0
fps=0.00
stream_0_0_q=0.0
bitrate=N/A
total_size=48
out_time_us=N/A
out_time_ms=N/A
out_time=N/A
dup_frames=0
drop_frames=0
speed=N/A
progress=continue
frame=31
fps=58.21
stream_0_0_q=28.0
bitrate= 120.4kbits/s
total_size=15532
out_time_us=1033333
out_time_ms=1033333
out_time=00:00:01.033333
dup_frames=0
drop_frames=0
speed=1.91x
progress=continue
frame=60
fps=59.10
stream_0_0_q=-1.0
bitrate= 118.0kbits/s
total_size=29612
out_time_us=2000000
out_time_ms=2000000
out_time=00:00:02.000000
dup_frames=0
drop_frames=0
speed=1.97x
progress=end
`;

const EXPECTED = [
  { frameCount: 0, outTimeSec: undefined, sizeBytes: 48, isEnd: false },
  { frameCount: 31, outTimeSec: 1.033333, sizeBytes: 15_532, isEnd: false },
  { frameCount: 60, outTimeSec: 2, sizeBytes: 29_612, isEnd: true },
];

t.test('real progress lines are read block by block', async (t) => {
  t.same(makeFfmpegProgressParser().push(REAL_OUTPUT), EXPECTED);
});

t.test('pieces cut anywhere give the same blocks', async (t) => {
  for (const size of [1, 7, 100]) {
    const parser = makeFfmpegProgressParser();
    const pieces = REAL_OUTPUT.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
    t.same(
      pieces.flatMap((piece) => parser.push(piece)),
      EXPECTED,
      `pieces of ${size}`,
    );
  }
});

t.test('a run without pictures has no frame count, and foreign lines are skipped', async (t) => {
  const blocks = makeFfmpegProgressParser().push('hello\n=\nout_time_us=500000\nnew_key=1\nprogress=end\n');
  t.same(blocks, [{ frameCount: undefined, outTimeSec: 0.5, sizeBytes: undefined, isEnd: true }]);
});
