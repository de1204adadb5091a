import type { ApiCode } from '../../api/problem.ts';

/** Where the page itself asked wrongly: nothing that its user could mend. */
const broken = 'The page has stumbled. Reload it; if that does not help, tell whoever runs this studio.';
const signedOut = 'You are signed out. Sign in again to go on.';
const trouble = 'The studio has trouble of its own. Try again in a moment.';
const tooOften = 'That was asked for too often. Wait a little and try again.';
const noRoom = 'The studio takes in too many files just now. Try again in a few minutes.';

export const problems = {
  again: 'Try again',
  offline: 'There is no connection to the studio. Check your network; nothing you entered is lost.',
  tooOften,
  wait: 'That is all for now: {minutes, plural, one {try again in about a minute} other {try again in about # minutes}}.',
  trouble,
  refused: 'That was refused.',
  broken,
  said: '{message}',
  /** By the API's code: what was wrong, and what to do. */
  codes: {
    LOGIN_INVALID: 'There is no such user name with this password. Look at both once more.',
    ACCOUNT_DISABLED: 'This account is closed. Whoever runs this studio can open it again.',
    REGISTRATION_CLOSED: 'Nobody may register here just now. Ask whoever runs this studio.',
    LOGIN_LINK_INVALID: 'This link has been used or has expired. Sign in with your password.',
    RESET_LINK_INVALID: 'This link has been used or has expired. Ask whoever runs this studio for another.',
    UNAUTHENTICATED: signedOut,
    TOKEN_INVALID: signedOut,
    QUERY_NOT_UNDERSTOOD:
      'We found nothing of dance in that. Say a level, a mood or a move, such as “calm, with turns”.',
    ALL_MOVES_REFUSED: 'With all of that refused there is no move left to dance. Allow some of them.',
    GENERATION_FAILED: 'No dance could be made of that. Wish for less, or take another song.',
    TOO_MANY_TASKS: 'Many of your dances are being made already. Wait until one is done, or cancel one.',
    TASK_ENDED: 'It is done already: there is nothing to cancel.',
    TASK_UNFINISHED: 'This dance is not ready yet. Wait until its video is there, then try again.',
    TASK_CANCELLED: 'This dance was cancelled meanwhile. Make another one.',
    NOT_REVISABLE:
      'This dance cannot be changed. If it is a version to practise by, change its original; else make a new one.',
    VERSION_IMPOSSIBLE:
      'No version to practise by can be made of this dance. Take its original, or another dance.',
    VERSION_REPLACED:
      'This version was made anew meanwhile. Open that one from the versions of the original.',
    VIDEO_NEVER_THERE: 'This dance never had a video, so there is none to bring back. Make it once more.',
    VIDEO_STILL_THERE: 'The video is there. Reload the page to see it.',
    VIDEO_NOT_READY: 'The video is not ready yet. Try again in a moment.',
    ALREADY_SAVED: 'It is in your collection already: nothing needs to be done.',
    SONG_NEEDED: 'Something still needs this song. Delete the dances and classes with it first.',
    SONG_UNHEARD:
      'The song has not been listened to yet. Try again in a moment; if that does not help, bring it anew.',
    PLAN_FULL: 'This class has as many dances as it may. Take one out, or begin another class.',
    ORDER_INVALID: 'The class was changed elsewhere meanwhile. Reload the page, then order it again.',
    FIELDS_INVALID: 'Something that you entered does not fit. Look at it once more: {message}',
    NOT_FOUND: 'It is not there any more. Go back, and reload the list that led here.',
    PAGE_NOT_FOUND: 'The list has become shorter. Go back to its first page.',
    FORBIDDEN: 'This is not for your account. Sign in with another one, or ask whoever runs this studio.',
    BODY_TOO_LARGE: 'The file is too large. Take a shorter or a more compressed one.',
    UPLOAD_QUOTA:
      'Your files take all the room that you have. Delete some; their room is free some hours later.',
    UPLOAD_CUT_OFF: 'The file did not arrive as a whole. Check your network and send it again.',
    UPLOAD_DISK_FULL: noRoom,
    UPLOAD_ROOM_TAKEN: noRoom,
    REQUEST_TIMEOUT: 'That took too long to arrive. Check your network and try again.',
    REQUEST_IN_FLIGHT: 'The same is under way already. Wait a moment, then try again.',
    THROTTLED: tooOften,
    TOO_MANY_STREAMS: 'The studio is open in too many places at once. Close some, then reload the page.',
    SERVICE_BUSY: 'The studio has too much to do just now. Try again in a moment.',
    SERVICE_UNAVAILABLE: trouble,
    NOT_READY: trouble,
    INTERNAL_ERROR: trouble,
    BODY_INVALID: broken,
    EXPECTATION_FAILED: broken,
    HEADERS_TOO_LARGE: broken,
    IDEMPOTENCY_KEY_INVALID: broken,
    IDEMPOTENCY_KEY_REUSED: broken,
    MEDIA_TYPE_UNSUPPORTED: broken,
    METHOD_NOT_ALLOWED: broken,
    PARAMETER_INVALID: broken,
    PRECONDITION_FAILED: broken,
    RANGE_UNSATISFIABLE: broken,
    REQUEST_INVALID: broken,
  } satisfies Record<ApiCode, string>,
};
