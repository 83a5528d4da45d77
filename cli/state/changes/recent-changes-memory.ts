import { keyString } from '../../../lambda/domain/contact/contact-key.ts';
import type { ReadState } from '../read-state.ts';
import type { RecentChangeList } from './change-lists.ts';
import { type RecentChange, recentChanges } from './recent-changes.ts';

/** Changes are shown for so long. */
const RECENT_MS = 60_000;

/** Changes that a page gets at most: the latest. */
const MAX_LISTED = 20;

/**
 * The changes of the last minute, from one look to the next: those of contacts that have left are remembered, since the
 * table lists those who wait alone. The first look finds those of contacts that wait then.
 */
export class RecentChangesMemory {
  #changes = new Map<string, RecentChange>();

  add({
    records,
    left,
    context,
    state: { at },
  }: Pick<ReadState, 'records' | 'left' | 'context' | 'state'>): void {
    const since = at - RECENT_MS;
    const found = [...left, ...records].flatMap((record) => recentChanges(record, context, since));
    this.#changes = new Map(
      [...[...this.#changes.values()].filter((change) => change.at > since), ...found].map((change) => [
        `${keyString(change)} ${change.at}`,
        change,
      ]),
    );
  }

  get list(): RecentChangeList {
    const sorted = [...this.#changes.values()].sort((a, b) => b.at - a.at);
    return { count: sorted.length, latest: sorted.slice(0, MAX_LISTED) };
  }
}
