import { createHash, randomBytes } from 'node:crypto';
import { createPasswordReset } from '@bachata-buddy/database';
import type { Test } from 'tap';
import { violationsInBothLooks } from './axe-violations.ts';
import { heading } from './journey.ts';
import type { OpenStudio } from './open-studio.ts';
import { withoutComplaints } from './without-complaints.ts';

const VALID_SEC = 3_600;
const ANOTHER = 'otra-noche-muy-larga';

/** Somebody of that name has forgotten the password, and was given a link. */
export async function setForgottenPassword(t: Test, studio: OpenStudio, username: string): Promise<void> {
  const { system, newVisitor } = studio;
  const token = randomBytes(32).toString('base64url');
  const tokenHash = createHash('sha256').update(token).digest('hex');
  await createPasswordReset(system.db, username, { tokenHash, validSec: VALID_SEC });
  const link = `${system.origin}/reset-password#token=${token}`;
  const page = await newVisitor();
  const type = async (next: string, again: string): Promise<void> => {
    await page.getByLabel('New password', { exact: true }).fill(next);
    await page.getByLabel('The new password once more').fill(again);
    await page.getByRole('button', { name: 'Set the password' }).click();
  };
  await page.goto(link);
  await type(ANOTHER, `${ANOTHER}!`);
  await page.getByText('The two are not the same.').waitFor();
  t.strictSame(await violationsInBothLooks(page), []);
  await type(ANOTHER, ANOTHER);
  await page.getByText('The password is set.').waitFor();
  await page.getByRole('link', { name: 'Sign in with it' }).click();
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(ANOTHER);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await heading(page, 'What do we dance?').waitFor();

  await withoutComplaints(studio, /400/, async () => {
    await page.goto(link);
    await page.reload();
    await type(ANOTHER, ANOTHER);
    await page.getByRole('alert').getByText('This link has been used or has expired.').waitFor();
  });
  await page.goto(`${system.origin}/reset-password`);
  await page.getByRole('alert').getByText('A part of the link is missing.').waitFor();
  await page.context().close();
}
