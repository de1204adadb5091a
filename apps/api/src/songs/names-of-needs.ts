import type { MediaNeeds } from '@bachata-buddy/database';

/** Of each kind, before "and 12 more". */
const MAX_NAMES = 5;

/** What needs a song or a clip, for people: `the task 7d44a1b2-…`, `the items of collections "Suegra" of maria, …` */
export function namesOfNeeds({ openTasks, collectionItems, classPlans }: MediaNeeds): string[] {
  const kinds: [names: readonly string[], one: string, many: string][] = [
    [openTasks, 'the task', 'the tasks'],
    [collectionItems, 'the item of a collection', 'the items of collections'],
    [classPlans, 'the class plan', 'the class plans'],
  ];
  return kinds
    .filter(([names]) => names.length > 0)
    .map(([names, one, many]) => {
      const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
      return `${names.length === 1 ? one : many} ${names.slice(0, MAX_NAMES).join(', ')}${more}`;
    });
}
