import { keyString } from '../../../lambda/domain/contact/contact-key.ts';
import type { ReadState } from '../read-state.ts';
import { LISTED_MS, MAX_LISTED, type RecentChangeList } from './change-lists.ts';
import { type RecentChange, recentChanges } from './recent-changes.ts';

/**
 * The changes of the last minute, from one look to the next. It remembers those of contacts that have left, since the
 * table lists only contacts that wait. The first look finds the changes of contacts that wait then.
 */
export class RecentChangesMemory {
  #changes = new Map<string, RecentChange>();

  add({
    records,
    left,
    context,
    state: { at },
  }: Pick<ReadState, 'records' | 'left' | 'context' | 'state'>): void {
    const since = at - LISTED_MS;
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
