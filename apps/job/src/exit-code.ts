/** What the process tells whoever started it. */
export const EXIT_CODE = {
  /** Done, done before, or not wanted any more. */
  done: 0,
  /** Will fail again; the task, where there is one, has been told. */
  permanentFailure: 2,
  /** EX_TEMPFAIL of sysexits(3): the same again may work. */
  tryAgain: 75,
  /** 128 + SIGTERM, as shells write it. */
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT_CODE)[keyof typeof EXIT_CODE];
