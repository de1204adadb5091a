import type { PracticeVersion } from '@bachata-buddy/blueprint';

/** How a version is noted with its task: `slow-0.75`, `mirrored`. */
export function versionName(version: PracticeVersion): string {
  return version.kind === 'slow' ? `slow-${version.speed}` : version.kind;
}

/** A noted version as clients see it. */
export function viewVersion(name: string): { kind: string; speed?: number } {
  const [kind = name, speed] = name.split('-');
  return speed === undefined ? { kind } : { kind, speed: Number(speed) };
}
