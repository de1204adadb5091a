export const problems = {
  again: 'Try again',
  offline: 'There is no connection to the studio. Check your network; nothing you entered is lost.',
  signedOut: 'You are signed out. Sign in again to go on.',
  tooOften: 'That was asked for too often. Wait a little and try again.',
  wait: 'That is all for now: {minutes, plural, one {try again in about a minute} other {try again in about # minutes}}.',
  trouble: 'The studio has trouble of its own. Try again in a moment.',
  refused: 'That was refused.',
  broken: 'The page has stumbled. Reload it; if that does not help, tell whoever runs this studio.',
  said: '{message}',
};
