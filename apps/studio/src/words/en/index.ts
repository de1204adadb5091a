import { account } from './account.ts';
import { choices } from './choices.ts';
import { keep } from './keep.ts';
import { make } from './make.ts';
import { plans } from './plans.ts';
import { practise } from './practise.ts';
import { problems } from './problems.ts';
import { progress } from './progress.ts';
import { resetPassword } from './reset-password.ts';
import { shell } from './shell.ts';
import { signIn } from './sign-in.ts';

/** Words by view, each in a file of its own. */
export const words = {
  account,
  choices,
  keep,
  make,
  plans,
  practise,
  problems,
  progress,
  resetPassword,
  shell,
  signIn,
};
