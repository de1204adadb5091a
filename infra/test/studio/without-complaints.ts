import type { OpenStudio } from './open-studio.ts';

/**
 * Takes out what a browser complains of while something is broken on purpose; anything else, and what it complained of before,
 * is still complained of.
 */
export async function withoutComplaints(
  { complaints }: OpenStudio,
  expected: RegExp,
  work: () => Promise<void>,
): Promise<void> {
  const before = complaints.length;
  await work();
  const meanwhile = complaints.splice(before);
  complaints.push(...meanwhile.filter((complaint) => !expected.test(complaint)));
}
