import { clamp } from '../logic/time-scale.ts';
import { listenTo, onPictures } from './on-pictures.ts';
import { problemOfPlay, type Transport, TransportListeners } from './transport.ts';

/** A picture that stands for longer is held on purpose: time goes on, though no picture tells of it. */
const HELD_SEC = 0.2;

/** Plays the rendered video. Whoever gave it an address that fails gives it another one, from which it goes on, or takes it away. */
export function makeVideoTransport(video: HTMLVideoElement, durationSec: number): Transport {
  const listeners = new TransportListeners();
  /** Where to, while the video is still on its way to somewhere else. */
  let wantedSec: number | null = null;
  let pictureSec = 0;
  /** Whether it plays as far as it can: read from another address it stands still for a moment. */
  let isWanted = false;
  video.preservesPitch = true;

  // A paused video stands where it was sent, its picture may have begun a little earlier.
  const positionSec = (): number => wantedSec ?? (video.paused ? video.currentTime : pictureSec);
  const show = (): void => listeners.show(positionSec());

  const stopPictures = onPictures(video, (mediaSec) => {
    pictureSec = mediaSec;
    if (!video.seeking) show();
  });
  const stopEvents = listenTo(video, {
    playing: () => listeners.become({ isPlaying: true, isWaiting: false, problem: null }),
    play() {
      isWanted = true;
      listeners.become({ isPlaying: true, problem: null });
    },
    pause() {
      if (isChosen(video)) isWanted = false;
      listeners.become({ isPlaying: false, isWaiting: false });
    },
    ended() {
      listeners.become({ isPlaying: false, isWaiting: false });
      listeners.end();
    },
    waiting: () => listeners.become({ isWaiting: true }),
    canplay: () => listeners.become({ isWaiting: false }),
    timeupdate() {
      if (video.paused || video.seeking || video.currentTime - pictureSec < HELD_SEC) return;
      pictureSec = video.currentTime;
      show();
    },
    // Also by what is not of this page: the controls of a full screen, keys of a keyboard.
    seeking: () => listeners.jump(wantedSec ?? video.currentTime),
    error: () => listeners.become({ isPlaying: false, isWaiting: true }),
    emptied() {
      seek(wantedSec ?? pictureSec);
      if (isWanted) void play();
    },
    loadeddata() {
      if (hasArrived(video, wantedSec)) wantedSec = null;
      show();
    },
    seeked() {
      const next = wantedSec;
      wantedSec = null;
      if (next !== null && Math.abs(next - video.currentTime) > 0.001) seek(next);
      pictureSec = video.currentTime;
      show();
    },
  });

  function seek(sec: number): void {
    const target = clamp(sec, 0, durationSec);
    wantedSec = target;
    listeners.jump(target);
    // Scrubbing asks faster than a video can answer: what it is asked meanwhile, it is told when it has arrived.
    if (!video.seeking) video.currentTime = target;
    listeners.show(target);
  }

  async function play(): Promise<void> {
    isWanted = true;
    if (positionSec() >= durationSec - 0.05) seek(0);
    await video.play().catch((thrown: unknown) => {
      // What cannot be loaded is told of by its event.
      listeners.become({ isPlaying: false, problem: video.error === null ? problemOfPlay(thrown) : null });
    });
  }

  return {
    durationSec,
    positionSec,
    state: () => listeners.state,
    play,
    pause() {
      isWanted = false;
      video.pause();
    },
    seek,
    setRate(rate) {
      Object.assign(video, { defaultPlaybackRate: rate, playbackRate: rate });
      listeners.become({ rate });
    },
    ...listeners.subscriptions(),
    dispose() {
      stopPictures();
      stopEvents();
      video.pause();
    },
  };
}

/** Whether somebody has paused it, be it without this page: a video that has nothing to play pauses by itself. */
function isChosen({ error, readyState }: HTMLVideoElement): boolean {
  return error === null && readyState > HTMLMediaElement.HAVE_NOTHING;
}

/** Sent to its beginning, a video that is loaded anew does not seek: no event tells that it is there. */
function hasArrived({ seeking, currentTime }: HTMLVideoElement, wantedSec: number | null): boolean {
  return !seeking && currentTime === wantedSec;
}
