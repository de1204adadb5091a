import type { OpenStudio } from './open-studio.ts';

/** Takes out what a browser complains of where something was broken on purpose; anything else is still complained of. */
export async function withoutComplaints(
  { complaints }: OpenStudio,
  expected: RegExp,
  work: () => Promise<void>,
): Promise<void> {
  await work();
  const others = complaints.filter((complaint) => !expected.test(complaint));
  complaints.splice(0, complaints.length, ...others);
}
