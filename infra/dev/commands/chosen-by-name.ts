import { usageError } from '@bachata-buddy/platform';

/**
 * What a command was asked for by name, each with its name: all of them are known before the first is begun.
 *
 * @param kind what there is of such: `bench`
 * @throws AppError `USAGE` where there is none of a name
 */
export function chosenByName<Thing>(
  kind: string,
  things: Readonly<Record<string, Thing>>,
  names: readonly string[],
): [name: string, thing: Thing][] {
  return names.map((name) => {
    const thing = Object.hasOwn(things, name) ? things[name] : undefined;
    if (thing !== undefined) return [name, thing];
    throw usageError(`There is no ${kind} "${name}"; there are ${Object.keys(things).join(', ')}.`);
  });
}
