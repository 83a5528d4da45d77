import { currentQueue, queueVisitId } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { DEFAULT_ROUTING } from '../../lambda/domain/routing/routing.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { rankedRouting, type Urgency } from './recent-updates.ts';

/**
 * How sure the records are of the routing of a contact in Connect. `known`: Connect said so, or accepted it. `assumed`:
 * nobody asked, and Connect's defaults stand for what is not known. `unconfirmed`: the result of the last update is not
 * known.
 */
export type Certainty = 'known' | 'assumed' | 'unconfirmed';

/** By what Connect orders a contact in its queue. */
export interface Rank extends Urgency {
  /** When the contact entered the queue, less its age, in milliseconds since the epoch. */
  readonly rankedAt: number;
  readonly certainty: Certainty;
  /** The priority and age that rank the contact once all updates have taken effect. */
  readonly coming: Urgency;
}

/** What a rank depends on besides the record: an update takes effect after the routing lag. */
export type RankSettings = Pick<Settings, 'routingLagSeconds' | 'ageAdjustment'>;

/**
 * The rank of a contact that waits, as far as its record tells.
 *
 * @param now - milliseconds since the epoch.
 */
export function rankOf(record: ContactRecord, settings: RankSettings, now: number): Rank {
  const { facts, status } = record;
  const current = status && status.queueVisit === queueVisitId(facts) ? status : undefined;
  const coming: Urgency = { ...DEFAULT_ROUTING, ...known(current?.applied) };
  const enqueuedAt = currentQueue(facts)?.enqueuedAt ?? 0;
  const ranked = current ? rankedRouting(record, coming, enqueuedAt, now, settings) : coming;
  return {
    ...ranked,
    rankedAt: enqueuedAt - ranked.ageSeconds * 1_000,
    certainty: current?.unconfirmed ? 'unconfirmed' : current?.isObserved ? 'known' : 'assumed',
    coming,
  };
}

function known({ priority, ageSeconds }: Partial<Urgency> = {}): Partial<Urgency> {
  return { ...(priority !== undefined && { priority }), ...(ageSeconds !== undefined && { ageSeconds }) };
}
