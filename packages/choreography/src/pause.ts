/** Called again and again during long work: who shares the thread lets others have it there. */
export type Pause = () => Promise<void> | undefined;
