import { type ErrorTable, makeErrors } from '@bachata-buddy/platform';

/** What making the demo library may say. */
export const DEMO_ERRORS = {
  DEMO_ENCODE_FAILED: { meaning: 'ffmpeg could not encode what was drawn or played.' },
  DEMO_UNKNOWN_ID: { meaning: 'The demo library has no song or move of that id.' },
  DEMO_WORKER: { meaning: 'A thread that draws broke down.' },
} as const satisfies ErrorTable;

declare module '@bachata-buddy/platform/error-codes' {
  interface ErrorCodes extends Record<keyof typeof DEMO_ERRORS, 'demo'> {}
}

export type DemoCode = keyof typeof DEMO_ERRORS;

export const demoError = makeErrors('demo', DEMO_ERRORS);
