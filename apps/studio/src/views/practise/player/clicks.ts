import type { Click } from '../logic/count-in.ts';

const CLICK_SEC = 0.06;
/** Woodblocks: the last before the dance is the higher one. */
const PITCH_HZ = 1_100;
const LAST_PITCH_HZ = 1_650;
const LOUDNESS = 0.5;
/** Nothing is scheduled into the past of the sound card. */
const SOON_SEC = 0.05;

let context: AudioContext | undefined;

/** Lets a count-in be heard, from now on. @returns what silences the rest of it */
export function soundClicks(clicks: readonly Click[]): () => void {
  context ??= new AudioContext();
  // A press has led here; where a browser still refuses, the count-in is seen and not heard.
  context.resume().catch(() => {});
  const startSec = context.currentTime + SOON_SEC;
  const sounding = clicks.map(({ afterSec }, index) =>
    sound(context as AudioContext, startSec + afterSec, index === clicks.length - 1),
  );
  return () => {
    for (const oscillator of sounding) oscillator.stop();
  };
}

function sound(audio: AudioContext, atSec: number, isLast: boolean): OscillatorNode {
  const oscillator = new OscillatorNode(audio, {
    type: 'triangle',
    frequency: isLast ? LAST_PITCH_HZ : PITCH_HZ,
  });
  const gain = new GainNode(audio, { gain: 0 });
  gain.gain.setValueAtTime(LOUDNESS, atSec);
  gain.gain.exponentialRampToValueAtTime(0.001, atSec + CLICK_SEC);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(atSec);
  oscillator.stop(atSec + CLICK_SEC);
  return oscillator;
}
