/** Delays in seconds, mutually prime in samples, as of a small hall. */
const DELAYS_SEC = [0.0297, 0.0371, 0.0411, 0.0437, 0.0533, 0.0599, 0.0677, 0.0731];
const PRE_DELAY_SEC = 0.012;
/** Share of the treble lost on each way through the room. */
const DAMPING = 0.42;

export interface Room {
  readonly sampleRateHz: number;
  /** Time in which the sound falls by 60 dB. */
  readonly decaySec: number;
}

/**
 * A room around one channel: eight delay lines feed each other through a Householder matrix and come out
 * four to each side.
 *
 * @param input Float32Array [n], what is sent into the room.
 * @param left, right Float32Array [n], to which the room's answer is added.
 * Source: Jot and Chaigne 1991, "Digital delay networks for designing artificial reverberators".
 */
export function addReverb(input: Float32Array, left: Float32Array, right: Float32Array, room: Room): void {
  const lines = DELAYS_SEC.map((delay) => new Float32Array(Math.round(delay * room.sampleRateHz) | 1));
  const gains = lines.map((line) => 10 ** ((-3 * line.length) / (room.sampleRateHz * room.decaySec)));
  const positions = new Int32Array(lines.length);
  const dulled = new Float64Array(lines.length);
  const preDelay = Math.round(PRE_DELAY_SEC * room.sampleRateHz);
  for (let index = 0; index < input.length; index += 1) {
    let sum = 0;
    for (let line = 0; line < 8; line += 1) {
      const fromLine = lines[line]![positions[line]!]!;
      dulled[line] = gains[line]! * (fromLine + DAMPING * (dulled[line]! / gains[line]! - fromLine));
      sum += dulled[line]!;
    }
    const mixed = sum / 4;
    const fresh = index >= preDelay ? input[index - preDelay]! : 0;
    for (let line = 0; line < 8; line += 1) {
      const buffer = lines[line]!;
      const position = positions[line]!;
      buffer[position] = dulled[line]! - mixed + fresh;
      positions[line] = position + 1 === buffer.length ? 0 : position + 1;
    }
    left[index]! += 0.35 * (dulled[0]! - dulled[2]! + dulled[4]! - dulled[6]!);
    right[index]! += 0.35 * (dulled[1]! - dulled[3]! + dulled[5]! - dulled[7]!);
  }
}
