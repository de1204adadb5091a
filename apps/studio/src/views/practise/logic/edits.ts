import type { ResolvedMove } from '@bachata-buddy/blueprint/reading';

export type TransitionType = ResolvedMove['transition'];

/** What somebody wants of a move other than it is. `index` counts the moves of the dance as it is rendered. */
export type Edit =
  | { readonly action: 'replace'; readonly index: number; readonly moveId: string; readonly name: string }
  | { readonly action: 'remove'; readonly index: number }
  | { readonly action: 'move'; readonly index: number; readonly to: number }
  | { readonly action: 'transition'; readonly index: number; readonly transition: TransitionType };

/** All are made of the same dance, together. */
export type Edits = readonly Edit[];

/** Of one move one edit of a kind counts; places are changed one after the other, as often as somebody likes. */
const KINDS = { replace: 'what', remove: 'what', transition: 'how' } as const;
type PlaceEdit = Extract<Edit, { readonly action: 'move' }>;
type KindEdit = Exclude<Edit, PlaceEdit>;
export type EditKind = (typeof KINDS)[KindEdit['action']];

function isOfPlace(edit: Edit): edit is PlaceEdit {
  return edit.action === 'move';
}

/**
 * With one more, which takes the place of what it contradicts. A move that is removed is not changed otherwise; where it
 * stood meanwhile is kept, for places of other moves were said in regard to it.
 */
export function withEdit(edits: Edits, edit: KindEdit): Edits {
  const others = edits.filter(
    (other) =>
      other.index !== edit.index ||
      isOfPlace(other) ||
      (edit.action !== 'remove' && KINDS[other.action] !== KINDS[edit.action]),
  );
  return [...others, edit];
}

/** Without what was wanted of that move: what is danced there, or how it is entered. */
export function withoutEdit(edits: Edits, index: number, kind: EditKind): Edits {
  return edits.filter((edit) => edit.index !== index || isOfPlace(edit) || KINDS[edit.action] !== kind);
}

type EditOf<Action extends Edit['action']> = Extract<Edit, { readonly action: Action }>;

export function editOf<Action extends Edit['action']>(
  edits: Edits,
  index: number,
  action: Action,
): EditOf<Action> | undefined {
  return edits.find((edit): edit is EditOf<Action> => edit.index === index && edit.action === action);
}

/** The moves by index, in the order that they would have; those that are to be removed still stand where they were. */
export function orderOf(edits: Edits, moveCount: number): number[] {
  let order = Array.from({ length: moveCount }, (_, index) => index);
  for (const edit of edits) {
    if (edit.action !== 'move') continue;
    order = order.toSpliced(order.indexOf(edit.index), 1).toSpliced(edit.to, 0, edit.index);
  }
  return order;
}

/**
 * With a move at another place of that order. What is said of places is kept short where the order is the same: an order
 * that there was before takes back what came behind it, and what was said of the move itself is left out where nothing
 * was said since that counts on it.
 */
export function withPlace(edits: Edits, index: number, to: number, moveCount: number): Edits {
  const placed = edits.filter(isOfPlace);
  const edit = { action: 'move', index, to } as const;
  const ofOthers = placed.filter((other) => other.index !== index);
  const wanted = orderOf([...placed, edit], moveCount).join();
  const ways = [...placed.keys(), placed.length].map((length) => placed.slice(0, length));
  ways.push(ofOthers, [...ofOthers, edit]);
  const short = ways.find((way) => orderOf(way, moveCount).join() === wanted);
  return [...edits.filter((other) => !isOfPlace(other)), ...(short ?? [...placed, edit])];
}

/** As the API takes them. */
export type RequestedEdit =
  | { readonly action: 'replace'; readonly index: number; readonly move_id: string }
  | { readonly action: 'remove'; readonly index: number }
  | { readonly action: 'move'; readonly index: number; readonly to: number }
  | { readonly action: 'transition'; readonly index: number; readonly transition_type: TransitionType };

export function requestedEdits(edits: Edits): RequestedEdit[] {
  return edits.map((edit) => {
    if (edit.action === 'replace') return { action: 'replace', index: edit.index, move_id: edit.moveId };
    if (edit.action === 'transition')
      return { action: 'transition', index: edit.index, transition_type: edit.transition };
    return edit;
  });
}
