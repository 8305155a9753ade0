/**
 * The last item for which something holds; `undefined` when there is none. It has to hold for every item before that
 * one as well.
 */
export function lastThat<Item>(items: ArrayLike<Item>, holds: (item: Item) => boolean): Item | undefined {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(items[middle]!)) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}
