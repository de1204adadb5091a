// On the page of `pnpm bench playback`: what its measurements ask of the browser.

const video = () => document.getElementById('video');

const seek = async (timeSec) => {
  video().currentTime = timeSec;
  await new Promise((resolve) => video().addEventListener('seeked', resolve, { once: true }));
};

/**
 * Plays from the beginning, and says how many pictures were shown and lost, and for how many seconds one stood at most.
 *
 * Where the page was told late, several pictures have been presented since it was told last: of that time each but one stood for
 * at least one turn of the screen.
 */
globalThis.play = async (playbackRate, untilSec, screenHz) => {
  video().pause();
  await seek(0);
  const before = video().getVideoPlaybackQuality();
  const told = [];
  const note = (_, { mediaTime, presentedFrames }) => {
    told.push({ mediaTime, presentedFrames });
    video().requestVideoFrameCallback(note);
  };
  video().requestVideoFrameCallback(note);
  video().playbackRate = playbackRate;
  await video().play();
  while (video().currentTime < untilSec) await new Promise((resolve) => setTimeout(resolve, 50));
  video().pause();
  const after = video().getVideoPlaybackQuality();
  return {
    shown: after.totalVideoFrames - before.totalVideoFrames,
    dropped: after.droppedVideoFrames - before.droppedVideoFrames,
    longestHeldSec: Math.max(
      ...told.slice(1).map((later, n) => {
        const watchedSec = (later.mediaTime - told[n].mediaTime) / playbackRate;
        return watchedSec - (later.presentedFrames - told[n].presentedFrames - 1) / screenHz;
      }),
    ),
  };
};

/** Of the square in the corner, 0 to 255, at a time of the film. */
globalThis.brightnessOfMark = async (timeSec) => {
  await seek(timeSec);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1280, 720];
  const context = canvas.getContext('2d');
  context.drawImage(video(), 0, 0, 1280, 720);
  return context.getImageData(160, 160, 1, 1).data[0];
};
