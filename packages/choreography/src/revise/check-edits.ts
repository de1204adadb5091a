import type { Edit, EditIssue } from './revision.ts';

type Transition = Extract<Edit, { action: 'transition' }>;

/** What is wrong with edits by themselves, whatever the library holds: places, conflicts, lengths. */
export function checkEdits(edits: readonly (Edit | null)[], moveCount: number): EditIssue[] {
  const issues: EditIssue[] = [];
  const taken = new Set<string>();
  const lengths = new Map<boolean, number>();
  const first = firstAfter(edits, moveCount);
  let left = moveCount;
  edits.forEach((edit, at) => {
    if (edit === null) return;
    const add = (field: EditIssue['field'], text: string) => issues.push({ edit: at, field, text });
    if (edit.index >= moveCount) {
      add('index', `Ensure this value is less than or equal to ${moveCount - 1}.`);
      return;
    }
    if (edit.action === 'move' && edit.to >= moveCount) {
      add('to', `Ensure this value is less than or equal to ${moveCount - 1}.`);
      return;
    }
    const aspects = aspectsOf(edit);
    if (aspects.some((aspect) => taken.has(aspect))) add('index', 'Another edit changes this move already.');
    else if (edit.action === 'remove' && --left === 0) add('index', 'At least one move must remain.');
    for (const aspect of aspects) taken.add(aspect);
    if (edit.action === 'transition') checkTransition(edit, { first, lengths }, add);
  });
  return issues;
}

/** What an edit changes; no two edits may change the same. Places are changed one after the other. */
function aspectsOf({ action, index }: Edit): string[] {
  if (action === 'move') return [];
  if (action === 'remove') return [`footage ${index}`, `transition ${index}`];
  return [`${action === 'transition' ? 'transition' : 'footage'} ${index}`];
}

/** Which move the dance begins with once all have changed places; undefined where none is left. */
function firstAfter(edits: readonly (Edit | null)[], moveCount: number): number | undefined {
  const order = Array.from({ length: moveCount }, (_, index) => index);
  for (const edit of edits) {
    if (edit?.action !== 'move' || edit.index >= moveCount) continue;
    order.splice(order.indexOf(edit.index), 1);
    order.splice(edit.to, 0, edit.index);
  }
  const removed = new Set(edits.flatMap((edit) => (edit?.action === 'remove' ? [edit.index] : [])));
  return order.find((index) => !removed.has(index));
}

interface AllEdits {
  /** The move that the dance begins with. */
  readonly first: number | undefined;
  /** What was asked for so far, of crossfades (true) and of fades (false). */
  readonly lengths: Map<boolean, number>;
}

function checkTransition(
  { index, transition, durationSec }: Transition,
  { first, lengths }: AllEdits,
  add: (field: EditIssue['field'], text: string) => void,
): void {
  if (index === first && transition !== 'cut')
    add('transition', 'The first move is always entered by a cut.');
  if (durationSec === undefined) return;
  if (transition === 'cut') {
    add('durationSec', 'A cut has no duration.');
    return;
  }
  const isCrossfade = transition === 'crossfade';
  if ((lengths.get(isCrossfade) ?? durationSec) !== durationSec) {
    add('durationSec', 'Another edit gives transitions of this kind another duration.');
  }
  lengths.set(isCrossfade, durationSec);
}
