import type { Slot } from './slots.ts';

/** "chorus 2", where there are several; by the section's place in the song. */
export function sectionNames(slots: readonly Slot[]): ReadonlyMap<number, string> {
  const sections = new Map(slots.map(({ section }) => [section.index, section.label]));
  const ofLabel = (label: string) => [...sections].filter(([, other]) => other === label);
  return new Map(
    [...sections].map(([index, label]) => {
      const same = ofLabel(label);
      const number = same.findIndex(([other]) => other === index) + 1;
      return [index, same.length > 1 ? `${label} ${number}` : label];
    }),
  );
}
