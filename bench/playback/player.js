// On the page of `pnpm bench playback`: what its measurements ask of the browser.

const video = () => document.getElementById('video');

const seek = async (timeSec) => {
  video().currentTime = timeSec;
  await new Promise((resolve) => video().addEventListener('seeked', resolve, { once: true }));
};

/**
 * Plays from the beginning, and says how many pictures were shown and lost, and how long one stood at most: the most of the
 * film that passed between two pictures that the page was told of, and for how long that was looked at.
 */
globalThis.play = async (playbackRate, untilSec) => {
  video().pause();
  await seek(0);
  const before = video().getVideoPlaybackQuality();
  const times = [];
  const note = (_, { mediaTime }) => {
    times.push(mediaTime);
    video().requestVideoFrameCallback(note);
  };
  video().requestVideoFrameCallback(note);
  video().playbackRate = playbackRate;
  await video().play();
  while (video().currentTime < untilSec) await new Promise((resolve) => setTimeout(resolve, 50));
  video().pause();
  const after = video().getVideoPlaybackQuality();
  const longestFilmSec = Math.max(...times.slice(1).map((time, n) => time - times[n]));
  return {
    shown: after.totalVideoFrames - before.totalVideoFrames,
    dropped: after.droppedVideoFrames - before.droppedVideoFrames,
    longestFilmSec,
    longestHeldSec: longestFilmSec / playbackRate,
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
