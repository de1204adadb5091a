import { ffmpegComplaint } from '@bachata-buddy/media';
import t from 'tap';

t.test('the last telling line is found behind the ones that only say that it failed', async (t) => {
  const stderr = `[mov,mp4,m4a,3gp,3g2,mj2 @ 0x55e4518732c0] moov atom not found
file:/srv/secret place/job-1/clip.mp4: Invalid data found when processing input
Conversion failed!
`;
  t.equal(ffmpegComplaint(stderr, 'exit code 1'), 'clip.mp4: Invalid data found when processing input');
});

t.test('no address and no folder of this machine is left', async (t) => {
  const lines = [
    "[concat @ 0x5581] Impossible to open '/tmp/render/segment-0001.mp4'",
    '/var/lib/media/a.mp4: No such file or directory',
    'C:\\Users\\me\\clip.mp4: Permission denied',
    '[libx264 @ 0x7f] [error] bad file /etc/passwd here',
  ];
  for (const line of lines) {
    const complaint = ffmpegComplaint(line, '');
    t.notMatch(complaint, /0x|\/tmp|\/var|\/etc|Users/, complaint);
  }
});

t.test('silence gives the fallback, and empty words are better than none', async (t) => {
  t.equal(ffmpegComplaint(' \n', 'exit code 3'), 'exit code 3');
  t.equal(ffmpegComplaint('Conversion failed!\n', 'exit code 3'), 'Conversion failed!');
});
