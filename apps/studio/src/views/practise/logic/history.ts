/** A value with what it was before, and what was taken back of it. */
export interface History<Value> {
  readonly past: readonly Value[];
  readonly present: Value;
  readonly future: readonly Value[];
}

export function historyOf<Value>(present: Value): History<Value> {
  return { past: [], present, future: [] };
}

/** What was taken back is gone with a new change. */
export function changed<Value>({ past, present }: History<Value>, value: Value): History<Value> {
  return { past: [...past, present], present: value, future: [] };
}

export function undone<Value>(history: History<Value>): History<Value> {
  const { past, present, future } = history;
  const before = past.at(-1);
  if (before === undefined) return history;
  return { past: past.slice(0, -1), present: before, future: [present, ...future] };
}

export function redone<Value>(history: History<Value>): History<Value> {
  const { past, present, future } = history;
  const [next, ...later] = future;
  if (next === undefined) return history;
  return { past: [...past, present], present: next, future: later };
}
