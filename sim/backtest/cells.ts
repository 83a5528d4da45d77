/** Contacts of one tier in one half hour, or in a few that are pooled. Slots are half hours from the midnight of the clock. */
export interface Cell {
  readonly tier: string;
  readonly fromSlot: number;
  /** Not included. */
  readonly toSlot: number;
  readonly contacts: number;
}

/** Fewer contacts do not make a figure. */
export const MIN_CELL_CONTACTS = 10;

/** Half hours that are pooled are at most so many. */
export const MAX_POOLED = 4;

/** The cells of a tier, and the contacts that are in none. */
export interface TierCells {
  readonly cells: readonly Cell[];
  readonly leftOut: number;
}

/**
 * Divides the contacts of a tier into half hours. One with few contacts is pooled with those that follow, two hours at
 * most; where even those have too few, its contacts are in no cell.
 *
 * @param counts - contacts by slot.
 */
export function cellsOf(tier: string, counts: ReadonlyMap<number, number>): TierCells {
  const cells: Cell[] = [];
  let leftOut = 0;
  let open: { fromSlot: number; contacts: number } | undefined;
  for (const [slot, count] of [...counts].sort(([a], [b]) => a - b)) {
    if (open && slot >= open.fromSlot + MAX_POOLED) {
      leftOut += open.contacts;
      open = undefined;
    }
    open ??= { fromSlot: slot, contacts: 0 };
    open.contacts += count;
    if (open.contacts < MIN_CELL_CONTACTS) continue;
    cells.push({ tier, ...open, toSlot: slot + 1 });
    open = undefined;
  }
  return { cells, leftOut: leftOut + (open?.contacts ?? 0) };
}
