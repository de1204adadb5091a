import t from 'tap';
import { danceLineOf } from '../../../src/views/practise/logic/dance-line.ts';
import { Practice } from '../../../src/views/practise/player/practice.ts';
import { type Transport, TransportListeners } from '../../../src/views/practise/player/transport.ts';
import { blueprintOf } from './documents.ts';

const PICTURE_SEC = 1 / 30;
const line = danceLineOf(blueprintOf([{}, {}, {}]));

/** Shows picture by picture, and ends behind the last one as a video does. @param isSlow whether it begins to play later only */
function makeFilm({ isSlow = false } = {}) {
  const { durationSec } = line;
  const listeners = new TransportListeners();
  let sec = 0;
  const transport: Transport = {
    durationSec,
    positionSec: () => sec,
    state: () => listeners.state,
    play: async () => listeners.become(isSlow ? {} : { isPlaying: true }),
    pause: () => listeners.become({ isPlaying: false }),
    seek(target) {
      listeners.jump(target);
      sec = target;
    },
    setRate: (rate) => listeners.become({ rate }),
    ...listeners.subscriptions(),
    dispose() {},
  };
  /** @param untoldSec plays on so far before the first of them, of which nobody is told */
  const roll = (pictures: number, untoldSec = 0): void => {
    sec += untoldSec;
    for (let picture = 0; picture < pictures && listeners.state.isPlaying; picture += 1) {
      sec += PICTURE_SEC;
      if (sec < durationSec - PICTURE_SEC / 2) {
        listeners.show(sec);
        continue;
      }
      sec = durationSec;
      listeners.become({ isPlaying: false });
      listeners.end();
    }
  };
  return { transport, roll, begin: () => listeners.become({ isPlaying: true }) };
}

t.test('a loop turns, wherever in the dance it ends', async (t) => {
  for (const [startSec, endSec] of [
    [0, 4],
    [8, 12],
    [8, 11.98],
  ] as const) {
    const { transport, roll } = makeFilm();
    const practice = new Practice(transport, line);
    practice.setLoop({ startSec, endSec });
    practice.play();
    for (let round = 0; round < 3; round += 1) {
      roll(4 / PICTURE_SEC + 3);
      t.ok(transport.state().isPlaying, `up to ${endSec} s, round ${round + 1}: it plays on`);
      const sec = transport.positionSec();
      t.ok(sec >= startSec && sec < startSec + 1, `from ${startSec} s, at ${sec.toFixed(2)} s`);
    }
  }
});

t.test('without a loop, and behind one, the dance ends where it ends', async (t) => {
  const { transport, roll } = makeFilm();
  const practice = new Practice(transport, line);
  practice.play();
  roll(1_000);
  t.notOk(transport.state().isPlaying);
  practice.setLoop({ startSec: 0, endSec: 4 });
  transport.seek(8);
  void transport.play();
  roll(1_000);
  t.notOk(transport.state().isPlaying);
  t.equal(transport.positionSec(), line.durationSec);
});

t.test('a loop turns, however late it is told that its end has passed', async (t) => {
  for (const untoldSec of [0.6, 2, 20]) {
    const { transport, roll } = makeFilm();
    const practice = new Practice(transport, line);
    practice.setLoop({ startSec: 4, endSec: 8 });
    practice.play();
    roll(3.9 / PICTURE_SEC);
    roll(1, untoldSec);
    t.ok(transport.state().isPlaying, `${untoldSec} s later: it plays on`);
    t.equal(transport.positionSec(), 4);
  }
});

t.test('who jumps behind a loop stays there, and is in it again in front of its end', async (t) => {
  const { transport, roll } = makeFilm();
  const practice = new Practice(transport, line);
  practice.setLoop({ startSec: 0, endSec: 4 });
  practice.play();
  roll(10);
  transport.seek(6);
  roll(10);
  t.ok(transport.positionSec() > 6);
  transport.seek(3.5);
  roll(1 / PICTURE_SEC);
  t.ok(transport.positionSec() < 1, 'it turns again');
});

t.test('a press where a loop turns stops it, though nothing plays at that moment', async (t) => {
  const { transport, roll, begin } = makeFilm({ isSlow: true });
  const practice = new Practice(transport, line);
  practice.setLoop({ startSec: 8, endSec: 12 });
  practice.play();
  t.ok(practice.state().isOn, 'it will play');
  begin();
  roll(1_000);
  t.notOk(transport.state().isPlaying, 'it has turned, and begins again in a moment');
  t.ok(practice.state().isOn);
  practice.toggle();
  t.notOk(practice.state().isOn);
  begin();
  t.ok(practice.state().isOn, 'what is begun elsewhere, as by a key of the keyboard, is followed');
  transport.pause();
  t.notOk(practice.state().isOn, 'and so is what is stopped there');
});
