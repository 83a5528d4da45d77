import type { Story } from './story.ts';

/*
 * How often a customer was queued before. The count is fixed when the system first sees a contact wait, so it may lack
 * those whose events came later.
 */

const DAY_MS = 86_400_000;

/** What is known of what the system saw when it counted. */
export interface Counting {
  /** Whether contacts were counted during the whole run, and each event was seen after `lagMs` at the latest. */
  readonly isCertain: boolean;
  readonly lagMs: number;
}

/** The counts that a contact may have, the likeliest first; undefined: none. */
export function possibleCounts(
  story: Story,
  stories: Iterable<Story>,
  { isCertain, lagMs }: Counting,
): (number | undefined)[] {
  const { customerId, enqueuedAt, initialContactId } = story;
  if (customerId === undefined) return [undefined];
  const others = [...stories].filter(
    (other) => other.customerId === customerId && other.initialContactId !== initialContactId,
  );
  const countOf = (earlier: readonly Story[]) => new Set(earlier.map((one) => one.initialContactId)).size;
  const before = others.filter((one) => one.enqueuedAt < enqueuedAt && enqueuedAt - one.enqueuedAt <= DAY_MS);
  // A contact of which the end comes first is not counted.
  const seen = before.filter(
    (one) =>
      one.enqueuedAt + lagMs <= enqueuedAt &&
      (one.leftAt === undefined || one.leftAt - one.enqueuedAt >= lagMs),
  );
  const most = countOf(before);
  const least = isCertain ? countOf(seen) : 0;
  const counts = Array.from({ length: most - least + 1 }, (_, index) => most - index);
  return isCertain ? counts : [...counts, undefined];
}
