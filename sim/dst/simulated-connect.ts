import type { QueueLoad } from '../../lambda/domain/condition/condition.ts';
import type { FoundContact } from '../../lambda/domain/contact/adoption.ts';
import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import type { DescribeResult } from '../../lambda/domain/reconcile/description.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import type { UpdateResult } from '../../lambda/domain/reconcile/update-result.ts';
import type { QuotaLimits } from '../../lambda/domain/routing/token-bucket.ts';
import { type ContactCentre, ContactStateError, UnknownContactError } from '../centre/index.ts';
import { ApiQuota } from '../virtual/api-quota.ts';
import { domainDescription } from '../virtual/domain-description.ts';
import { type Agents, staffedAfter } from './agents.ts';
import type { Faults } from './faults.ts';
import { NO_OUTAGES, type Outages } from './outages.ts';
import { T0 } from './random-policies.ts';

/** The result of an update of a contact that does not wait any more. Connect does not document which one. */
type GoneContactResult = 'gone' | 'invalid';

/** The names of the queues of each instance. */
export const QUEUE_NAMES: readonly string[] = ['q', 'r'];

/** No two instances have queues of one id. */
export function queueIdOf(instanceId: string, name: string): string {
  return `${name}-${instanceId}`;
}

/** The instance whose contacts another Region takes over. */
export const FAILED_OVER_INSTANCE = 'i-1';

/** The Region that takes over. */
export const OTHER_REGION = 'eu-west-2';

const DENIED = 'User is not authorized to perform this action';

/** How far the index of SearchContacts lags behind, in milliseconds. */
const SEARCH_LAG_MS = 45_000;

/** The result of an update as the caller sees it, and whether the contact was changed. */
export interface ModelledUpdate {
  readonly result: UpdateResult;
  readonly isApplied: boolean;
}

/**
 * Amazon Connect as dispatch sees it: contact centres behind an API with quotas and all known kinds of
 * failures.
 */
export class SimulatedConnect {
  readonly #centres: ReadonlyMap<string, ContactCentre>;
  readonly #onChanged: (instanceId: string) => void;
  readonly #faults: Faults;
  readonly #goneContactResult: GoneContactResult;
  readonly #outages: Outages;
  readonly #ownRegion: string | undefined;
  readonly #agents: Agents | undefined;
  readonly #updateQuota: ApiQuota;
  readonly #describeQuota: ApiQuota;

  /**
   * @param ownRegion - the Region of the functions, where another one takes over in the run: then Connect says which one
   *   acts. Undefined: it names none.
   * @param agents - who is logged in. Default: the agents of the centre.
   */
  constructor(
    centres: ReadonlyMap<string, ContactCentre>,
    onChanged: (instanceId: string) => void,
    faults: Faults,
    limits: { readonly update: QuotaLimits; readonly describe: QuotaLimits },
    goneContactResult: GoneContactResult,
    outages: Outages = NO_OUTAGES,
    ownRegion?: string,
    agents?: Agents,
  ) {
    this.#centres = centres;
    this.#onChanged = onChanged;
    this.#faults = faults;
    this.#goneContactResult = goneContactResult;
    this.#outages = outages;
    this.#ownRegion = ownRegion;
    this.#agents = agents;
    this.#updateQuota = new ApiQuota(limits.update);
    this.#describeQuota = new ApiQuota(limits.describe);
  }

  /** UpdateContactRoutingData. */
  update(now: number, key: ContactKey, attempt: Pick<UpdateAttempt, 'update'>): ModelledUpdate {
    const notApplied = (result: UpdateResult) => ({ result, isApplied: false });
    if (!this.#updateQuota.take(now) || this.#faults.injects('connect-throttles'))
      return notApplied({ kind: 'throttled' });
    if (this.#outages.isActive('connect-denied')) return notApplied({ kind: 'denied', message: DENIED });
    if (this.#faults.injects('connect-fails'))
      return notApplied({ kind: 'unknown', message: 'internal error' });
    if (this.#isOfOtherRegion(key))
      return notApplied({ kind: 'gone', message: 'elsewhere', cause: 'other-region' });
    if (this.#faults.injects('not-found')) return notApplied({ kind: 'gone', message: 'not found' });
    if (this.#faults.injects('conflict')) return notApplied({ kind: 'conflict', message: 'in use' });
    try {
      this.#centreOf(key).updateRouting(now, key.contactId, attempt.update);
      this.#onChanged(key.instanceId);
    } catch (error) {
      if (!isContactError(error)) throw error;
      return notApplied({ kind: this.#goneContactResult, message: error.message });
    }
    return this.#faults.injects('result-unknown')
      ? { result: { kind: 'unknown', message: 'time-out' }, isApplied: true }
      : { result: { kind: 'done' }, isApplied: true };
  }

  /** DescribeContact, which answers in either Region. */
  describe(now: number, key: ContactKey): DescribeResult {
    if (!this.#describeQuota.take(now)) return { kind: 'throttled', message: 'slow down' };
    if (this.#outages.isActive('connect-denied')) return { kind: 'denied', message: DENIED };
    if (this.#faults.injects('connect-fails')) return { kind: 'unknown', message: 'internal error' };
    if (this.#faults.injects('not-found')) return { kind: 'gone', message: 'not found' };
    try {
      const centre = this.#centreOf(key);
      const contact = centre.describe(now, key.contactId);
      const description = domainDescription(contact, centre.instanceArn);
      return { kind: 'described', description: { ...description, ...this.#activeRegionOf(key) } };
    } catch (error) {
      if (!isContactError(error)) throw error;
      return { kind: 'gone', message: error.message };
    }
  }

  /**
   * SearchContacts: contacts that had not ended some time ago, since its index lags. Other than Connect it finds them in
   * every time range, and calls that came in, so that contacts of each kind are adopted while much else happens.
   */
  search(now: number, instanceId: string): FoundContact[] {
    if (this.#outages.isActive('connect-denied')) throw new Error(DENIED);
    const centre = this.#centreOf({ instanceId, contactId: '' });
    return centre
      .describeAll(now)
      .filter(({ disconnectedAt = now }) => disconnectedAt > now - SEARCH_LAG_MS)
      .map(({ contactId, channel, queue, agent }) => ({
        contactId,
        channel,
        queueId: queue.id,
        enqueuedAt: queue.enqueuedAt,
        ...this.#activeRegionOf({ instanceId, contactId }),
        ...(agent && agent.connectedAt <= now - SEARCH_LAG_MS && { connectedAt: agent.connectedAt }),
      }));
  }

  /** GetCurrentMetricData, whose numbers are exact here. */
  loads(
    now: number,
    instanceId: string,
    queueIds: readonly string[],
    channel: string | undefined,
  ): ReadonlyMap<string, QueueLoad> {
    if (this.#outages.isActive('connect-denied')) throw new Error(DENIED);
    const loads = this.#centreOf({ instanceId, contactId: '' }).queueLoads(now, channel);
    const ofQueues = [...loads].filter(([id]) => queueIds.includes(id));
    if (!this.#agents) return new Map(ofQueues);
    const staffed = staffedAfter(now - T0, this.#agents);
    return new Map(
      ofQueues.map(([id, load]) => [id, { ...load, agentsStaffed: staffed, agentsAvailable: staffed }]),
    );
  }

  /** GetCurrentMetricData by expressions of routes: how many agents satisfy each. */
  staffed(expressions: readonly string[]): ReadonlyMap<string, number> {
    if (this.#outages.isActive('connect-denied')) throw new Error(DENIED);
    return new Map(
      expressions.map((expression) => {
        const isSpoken = this.#agents?.languages.some((language) => expression.includes(`"${language}"`));
        return [expression, isSpoken ? 1 : 0];
      }),
    );
  }

  /** ListQueues: the names of the queues, by their ids. */
  queueNames(now: number, instanceId: string): ReadonlyMap<string, string> {
    if (this.#outages.isActive('connect-denied')) throw new Error(DENIED);
    const { queues } = this.#centreOf({ instanceId, contactId: '' }).overview(now);
    return new Map(queues.map(({ id, name }) => [id, name]));
  }

  #activeRegionOf(key: ContactKey): { readonly activeRegion?: string } {
    if (this.#ownRegion === undefined) return {};
    return { activeRegion: this.#isOfOtherRegion(key) ? OTHER_REGION : this.#ownRegion };
  }

  #isOfOtherRegion({ instanceId }: ContactKey): boolean {
    return instanceId === FAILED_OVER_INSTANCE && this.#outages.isActive('other-region');
  }

  #centreOf({ instanceId, contactId }: ContactKey): ContactCentre {
    const centre = this.#centres.get(instanceId);
    if (!centre) throw new UnknownContactError(contactId);
    return centre;
  }
}

function isContactError(error: unknown): error is Error {
  return error instanceof ContactStateError || error instanceof UnknownContactError;
}
