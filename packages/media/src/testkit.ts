import { synthesise } from './testkit/synthesise.ts';

export { hostileFiles } from './testkit/hostile-files.ts';
export { synthesise } from './testkit/synthesise.ts';
export { watchChildren } from './testkit/watch-children.ts';

/** A drum-like pulse on each beat, the first of four lower and louder. */
function pulses(tempoBpm: number): string {
  const beatSec = 60 / tempoBpm;
  const phase = `mod(t,${beatSec})`;
  const isOne = `lt(mod(t,${4 * beatSec}),${beatSec})`;
  return `aevalsrc='exp(-30*${phase})*(0.35+0.4*${isOne})*sin(2*PI*(if(${isOne},80,320))*t)':s=44100`;
}

/** A song for tests: pulses at a tempo, the first at 0 s. The container follows the path's ending. */
export async function makePulseSong(
  path: string,
  options: { durationSec: number; tempoBpm: number; tags?: Readonly<Record<string, string>> },
): Promise<void> {
  const tags = Object.entries(options.tags ?? {}).flatMap(([name, value]) => [
    '-metadata',
    `${name}=${value}`,
  ]);
  const sound = ['-f', 'lavfi', '-i', pulses(options.tempoBpm)];
  await synthesise(path, [...sound, '-t', String(options.durationSec), ...tags]);
}

/** A song without a sound. */
export async function makeSilentSong(path: string, durationSec: number): Promise<void> {
  await synthesise(path, ['-f', 'lavfi', '-i', 'anullsrc=r=44100', '-t', String(durationSec)]);
}

/** A clip for tests: a moving picture, 160x90 at 30 fps, with pulses at a tempo, or (null) without sound. */
export async function makePulseClip(
  path: string,
  options: { durationSec: number; tempoBpm: number | null },
): Promise<void> {
  const sound = options.tempoBpm === null ? [] : ['-f', 'lavfi', '-i', pulses(options.tempoBpm)];
  const picture = ['-f', 'lavfi', '-i', 'testsrc=size=160x90:rate=30'];
  await synthesise(path, [...picture, ...sound, '-t', String(options.durationSec), '-pix_fmt', 'yuv420p']);
}
