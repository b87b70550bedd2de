/**
 * Sets an entry of a map that keeps at most `most` of them: the entry that was set longest ago is forgotten first. The
 * map's order is the order in which its entries were set last.
 */
export function setNewest<Key, Value>(
  map: Map<Key, Value>,
  key: Key,
  value: Value,
  most: number,
): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
