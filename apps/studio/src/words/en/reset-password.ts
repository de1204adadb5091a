export const resetPassword = {
  title: 'Set another password',
  lead: 'Every device that is signed in to the account has to sign in anew.',
  action: 'Set the password',
  done: 'The password is set.',
  signIn: 'Sign in with it',
  incomplete: 'A part of the link is missing. Open it as it was given to you.',
};
