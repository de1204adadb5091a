/**
 * The element that has to be there.
 *
 * @param index negative: from the end
 * @throws RangeError where there is none: a fault of the caller
 */
export function elementAt<T>(list: ArrayLike<T>, index: number): T {
  const place = index < 0 ? list.length + index : index;
  if (!Number.isInteger(place) || place < 0 || place >= list.length)
    throw new RangeError(`no element ${index} among ${list.length}`);
  return list[place] as T;
}

/** The value that a map has to have. @throws RangeError where there is none: a fault of the caller */
export function valueAt<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new RangeError(`no value for ${String(key)} among ${map.size}`);
  return value;
}
