export const progress = {
  title: 'Your dance is being made',
  lead: 'To “{song}”',
  stages: {
    generating_blueprint: 'Choosing moves that fit the music …',
    submitting_job: 'Looking for a free dance floor …',
    video_assembly: 'Joining the moves on the beat …',
    uploading_result: 'Putting the video in its place …',
    completed: 'Done. Here we go.',
  },
  leave: 'You may leave this page: you find the dance in your collection.',
  cancel: 'Cancel',
  cancelTitle: 'Cancel this dance?',
  cancelText: 'What is done of it so far is thrown away.',
  cancelAction: 'Cancel the dance',
  failed: 'This dance could not be made',
  failedTitle: 'No dance this time',
  failedHint:
    'Nothing is lost but this try. Make it once more, or take another song; if that fails too, tell whoever runs this studio.',
  /** By how the error of a task begins. */
  failures: {
    clipGone: 'A clip of this dance is no longer in the library.',
    songGone: 'The song is no longer in the library.',
    notStored: 'The video was made, but could not be put away.',
    cancelled: 'You cancelled it.',
  },
  changeFailedHint: 'Nothing is lost but this change: what it was made of is as it was.',
  videoFailed: 'Its video could not be made again',
  videoFailedHint:
    'The dance is as it was. You can dance it from its clips, and have the video made once more.',
  source: 'Back to what it was made of',
  another: 'Make another',
  unmet: 'Not all of what you wished for is in it',
};
