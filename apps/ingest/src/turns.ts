/** A place in a row of tasks that run side by side. */
export interface Turn {
  /** Runs work when all that are in front have had their turn, or have left. Once. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Those behind need not wait any more. To be called in any case; whoever has had a turn loses nothing. */
  leave(): void;
}

/** Lets tasks that run side by side do one step in the order in which they came, whichever gets there first. */
export function makeTurns(): { take(): Turn } {
  let before: Promise<unknown> = Promise.resolve();
  return {
    take() {
      const inFront = before;
      let leave: () => void = () => {};
      const left = new Promise<void>((resolve) => {
        leave = resolve;
      });
      before = inFront.then(() => left);
      return {
        leave,
        async inTurn(work) {
          await inFront;
          return work().finally(leave);
        },
      };
    },
  };
}
