/** Signals of what is under way, by names that another thread knows too: a signal itself cannot go there. */
export function makeAborts() {
  const open = new Map<string, AbortController>();
  return {
    async run<Value>(id: string, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
      const controller = new AbortController();
      open.set(id, controller);
      try {
        return await work(controller.signal);
      } finally {
        open.delete(id);
      }
    },
    /** Does nothing where that is over. */
    abort: (id: string): void => open.get(id)?.abort(),
    abortAll(): void {
      for (const controller of open.values()) controller.abort();
    },
  };
}
