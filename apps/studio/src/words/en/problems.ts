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
  /** By the API's code: what was wrong, and what to do. */
  codes: {
    LOGIN_INVALID: 'There is no such user name with this password. Look at both once more.',
    ACCOUNT_DISABLED: 'This account is closed. Whoever runs this studio can open it again.',
    REGISTRATION_CLOSED: 'Nobody may register here just now. Ask whoever runs this studio.',
    LOGIN_LINK_INVALID: 'This link has been used or has expired. Sign in with your password.',
    QUERY_NOT_UNDERSTOOD:
      'We found nothing of dance in that. Say a level, a mood or a move, such as “calm, with turns”.',
    ALL_MOVES_REFUSED: 'With all of that refused there is no move left to dance. Allow some of them.',
    GENERATION_FAILED: 'No dance could be made of that. Wish for less, or take another song.',
    TOO_MANY_TASKS: 'Many of your dances are being made already. Wait until one is done, or cancel one.',
    TASK_ENDED: 'It is done already: there is nothing to cancel.',
    NOT_FOUND: 'It is not there any more.',
    FORBIDDEN: 'This is not for your account.',
    BODY_TOO_LARGE: 'The file is too large. Take a shorter or a more compressed one.',
    UPLOAD_QUOTA:
      'Your files take all the room that you have. Delete some; their room is free some hours later.',
    SERVICE_BUSY: 'The studio has too much to do just now. Try again in a moment.',
  },
};
