import type { ContactKey } from '../../lambda/domain/contact.ts';
import type { CallOutcome, MadeCall } from '../../lambda/domain/outcome.ts';
import type { QuotaLimits } from '../../lambda/domain/pacing.ts';
import type { DescribeOutcome } from '../../lambda/flow/ports.ts';
import { type ContactCentre, ContactStateError, UnknownContactError } from '../centre/index.ts';
import { ApiQuota } from '../virtual/api-quota.ts';
import { domainDescription } from '../virtual/domain-description.ts';
import type { Faults } from './faults.ts';

/** What a contact that waits no more earns: which one, nobody says. */
export type RefusalOfTheGone = 'gone' | 'invalid';

/** What came of UpdateContactRoutingData: the outcome that is told, and whether the contact was changed. */
export interface UpdateResult {
  readonly outcome: CallOutcome;
  readonly applied: boolean;
}

/** Amazon Connect as dispatch sees it: contact centres behind an API with quotas, that may fail in every known way. */
export class ConnectModel {
  readonly #centres: ReadonlyMap<string, ContactCentre>;
  readonly #onChanged: (instanceId: string) => void;
  readonly #faults: Faults;
  readonly #refusal: RefusalOfTheGone;
  readonly #updates: ApiQuota;
  readonly #descriptions: ApiQuota;

  constructor(
    centres: ReadonlyMap<string, ContactCentre>,
    onChanged: (instanceId: string) => void,
    faults: Faults,
    limits: { readonly update: QuotaLimits; readonly describe: QuotaLimits },
    refusal: RefusalOfTheGone,
  ) {
    this.#centres = centres;
    this.#onChanged = onChanged;
    this.#faults = faults;
    this.#refusal = refusal;
    this.#updates = new ApiQuota(limits.update);
    this.#descriptions = new ApiQuota(limits.describe);
  }

  /** UpdateContactRoutingData. */
  update(now: number, key: ContactKey, call: Pick<MadeCall, 'update'>): UpdateResult {
    const untouched = (outcome: CallOutcome) => ({ outcome, applied: false });
    if (!this.#updates.take(now) || this.#faults.strikes('throttled'))
      return untouched({ kind: 'throttled' });
    if (this.#faults.strikes('connect-fails'))
      return untouched({ kind: 'unknown', message: 'internal error' });
    if (this.#faults.strikes('conflict')) return untouched({ kind: 'conflict', message: 'in use' });
    try {
      this.#centreOf(key).updateRouting(now, key.contactId, call.update);
      this.#onChanged(key.instanceId);
    } catch (error) {
      if (!isAboutTheContact(error)) throw error;
      return untouched({ kind: this.#refusal, message: error.message });
    }
    return this.#faults.strikes('outcome-unknown')
      ? { outcome: { kind: 'unknown', message: 'time-out' }, applied: true }
      : { outcome: { kind: 'done' }, applied: true };
  }

  /** DescribeContact. */
  describe(now: number, key: ContactKey): DescribeOutcome {
    if (!this.#descriptions.take(now)) return { kind: 'throttled', message: 'slow down' };
    if (this.#faults.strikes('connect-fails')) return { kind: 'unknown', message: 'internal error' };
    try {
      return {
        kind: 'described',
        description: domainDescription(this.#centreOf(key).describe(now, key.contactId)),
      };
    } catch (error) {
      if (!isAboutTheContact(error)) throw error;
      return { kind: 'gone', message: error.message };
    }
  }

  #centreOf({ instanceId, contactId }: ContactKey): ContactCentre {
    const centre = this.#centres.get(instanceId);
    if (!centre) throw new UnknownContactError(contactId);
    return centre;
  }
}

function isAboutTheContact(error: unknown): error is Error {
  return error instanceof ContactStateError || error instanceof UnknownContactError;
}
