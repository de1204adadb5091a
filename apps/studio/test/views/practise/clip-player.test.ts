import t from 'tap';
import { ClipPlayer } from '../../../src/views/practise/player/clip-player.ts';

Object.assign(globalThis, { document: { baseURI: 'https://studio.example/' } });

const CLIP = {
  clipUrl: 'https://clips.example/one.mp4',
  rollFromSec: 0,
  showFromSec: 0,
  playbackRate: 1,
  startSec: 0,
  trimStartSec: 0,
  clipDurationSec: 60,
};

/** Seeks as a video does: while it is on its way, where it is sent takes the place of where it was sent before. */
class StandingVideo extends EventTarget {
  readonly paused = true;
  readonly error = null;
  src = '';
  seeking = false;
  readonly sentTo: number[] = [];
  #sec = 0;

  get currentTime(): number {
    return this.#sec;
  }

  set currentTime(sec: number) {
    this.#sec = sec;
    this.seeking = true;
    this.sentTo.push(sec);
  }

  arrive(): void {
    this.seeking = false;
    this.dispatchEvent(new Event('seeked'));
  }

  pause(): void {}
  requestVideoFrameCallback(): number {
    return 0;
  }
}

t.test('a picture that was sent on while it was on its way arrives where it was sent last', async (t) => {
  const video = new StandingVideo();
  const player = new ClipPlayer(video as unknown as HTMLVideoElement, { nowSec: () => 0, onBroken() {} });
  const stand = (sec: number): void => player.drive(CLIP, sec, { isPlaying: false, rate: 1 });
  for (const sec of [10, 20, 30]) stand(sec);
  t.strictSame(video.sentTo, [10], 'one way at a time');
  video.arrive();
  video.arrive();
  t.strictSame(video.sentTo, [10, 30]);
  stand(30);
  t.strictSame(video.sentTo, [10, 30], 'and it stays there');
});
