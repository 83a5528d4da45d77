import { type ContactKey, keyString } from '../../../lambda/domain/contact/contact-key.ts';
import { canonicalJson } from '../../../lambda/domain/json.ts';
import type { DescribeResult } from '../../../lambda/domain/reconcile/description.ts';
import type { UpdateAttempt } from '../../../lambda/domain/reconcile/next-update.ts';
import type { UpdateResult } from '../../../lambda/domain/reconcile/update-result.ts';
import type {
  Connect,
  ContactStore,
  LoadMetrics,
  QuotaState,
  QuotaStore,
} from '../../../lambda/flow/ports.ts';
import type { ContactCentre } from '../../centre/index.ts';
import type { InvariantChecker } from '../invariant-checker.ts';
import { updateName } from './update-name.ts';

/** A call of Connect that a port has under way in the current asynchronous context. */
export interface CurrentCall {
  readonly key: ContactKey;
  /** The update of dispatch; absent: a question. */
  readonly attempt?: UpdateAttempt;
  /** The update as it was sent. */
  sent?: ReturnType<InvariantChecker['onSend']>;
  /** What Connect answered; absent: no request reached it. */
  answered?: UpdateResult['kind'] | DescribeResult['kind'];
}

/** Runs an action with the call that its requests belong to. */
type RunCall = <T>(call: CurrentCall, action: () => Promise<T>) => Promise<T>;

/** What the services hold, for the judge. */
interface HeldByServices {
  /** The revision of a contact's item as it is; 0: there is none. */
  revisionOf(key: string): number;
  readonly centres: ReadonlyMap<string, Pick<ContactCentre, 'overview'>>;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** A failure of which nobody knows what it did, or what Connect would have answered. */
const UNKNOWN = 'unknown';

/**
 * Checks invariant 19: what a port answers is what its service holds, all of it, and nothing that the service did not
 * say. A wrong answer does no harm where another reconcile corrects it, so other judges hardly see it.
 */
export class AnswerChecker {
  checks = 0;
  readonly #held: HeldByServices;
  readonly #report: (message: string) => void;
  /** The calls for each update of a generation. */
  readonly #calls = new Map<string, CurrentCall[]>();
  /** The state of the quotas, by the revision of its item. */
  readonly #quotas = new Map<number, string>();

  constructor(held: HeldByServices, report: (message: string) => void) {
    this.#held = held;
    this.#report = report;
  }

  /** Contacts are read as they were written last, and none is left out. */
  contacts(store: ContactStore): ContactStore {
    return {
      load: async (key) => {
        const check = this.#readOf(key);
        const stored = await store.load(key);
        check(stored.revision);
        return stored;
      },
      loadMany: async (keys) => {
        const checks = keys.map((key) => [keyString(key), this.#readOf(key)] as const);
        const found = await store.loadMany(keys);
        const revisions = new Map(found.map(({ record, revision }) => [keyString(record), revision]));
        for (const [key, check] of checks) check(revisions.get(key) ?? 0);
        return found;
      },
      save: (...write) => store.save(...write),
      pending: (...query) => store.pending(...query),
      queued: (...query) => store.queued(...query),
    };
  }

  /** The table takes a state of the quotas. */
  onQuotaWritten(state: QuotaState, revision: number): void {
    this.#quotas.set(revision, canonicalJson(state));
  }

  /** What counts as written is written. */
  quota(store: QuotaStore): QuotaStore {
    return {
      load: () => store.load(),
      save: async (state, revision) => {
        const saved = await store.save(state, revision);
        this.checks += 1;
        if (saved !== undefined && this.#quotas.get(saved) !== canonicalJson(state)) {
          this.#report(`revision ${saved} of the quotas counts as written, and another state is`);
        }
        return saved;
      },
    };
  }

  /** The result of a call is what Connect answered. What nobody knows is unknown. */
  connect(connect: Connect, runCall: RunCall): Connect {
    return {
      updateRouting: async (key, attempt, log) => {
        const call: CurrentCall = { key, attempt };
        const calls = this.#callsOf(updateName(key, attempt));
        calls.push(call);
        const result = await runCall(call, () => connect.updateRouting(key, attempt, log));
        if (result === 'conflict-in-log') return result;
        // An update that was made before is not sent again.
        const isMade = call.answered === undefined && calls.some(({ answered }) => answered === 'done');
        this.#checkCall('update', isMade ? { ...call, answered: 'done' } : call, result.kind);
        return result;
      },
      describe: async (key) => {
        const call: CurrentCall = { key };
        const result = await runCall(call, () => connect.describe(key));
        this.#checkCall('question', call, result.kind);
        return result;
      },
    };
  }

  /** Every queue has its load and its name. */
  metrics(metrics: LoadMetrics): LoadMetrics {
    return {
      loads: async (instanceId, queueIds, channel) => {
        const loads = await metrics.loads(instanceId, queueIds, channel);
        const known = this.#queueIdsOf(instanceId).filter((id) => queueIds.includes(id));
        this.#checkAll(`the loads of ${instanceId}`, known, loads);
        return loads;
      },
      staffed: (...query) => metrics.staffed(...query),
      queueNames: async (instanceId, wanted) => {
        const names = await metrics.queueNames(instanceId, wanted);
        this.#checkAll(`the names of ${instanceId}`, this.#queueIdsOf(instanceId), names);
        return names;
      },
    };
  }

  /** @returns what checks the revision that a read answers, 0 where it found nothing. */
  #readOf(key: ContactKey): (revision: number) => void {
    const text = keyString(key);
    const written = this.#held.revisionOf(text);
    return (revision) => {
      this.checks += 1;
      // The item may have reached its end meanwhile.
      if (revision >= written || this.#held.revisionOf(text) < written) return;
      this.#report(`${key.contactId} is read with revision ${revision}, and ${written} had been written`);
    };
  }

  #callsOf(update: string): CurrentCall[] {
    const calls = this.#calls.get(update) ?? [];
    this.#calls.set(update, calls);
    return calls;
  }

  #checkCall(what: string, { key, answered }: CurrentCall, result: CurrentCall['answered']): void {
    this.checks += 1;
    if (result === answered || result === UNKNOWN) return;
    const said = answered ?? 'nothing';
    this.#report(`the ${what} of ${key.contactId} results in "${result}", and Connect answered "${said}"`);
  }

  #checkAll(what: string, ids: readonly string[], found: ReadonlyMap<string, unknown>): void {
    this.checks += 1;
    const missing = ids.filter((id) => !found.has(id));
    if (missing.length > 0) this.#report(`${what} lack ${missing.join(', ')}`);
  }

  #queueIdsOf(instanceId: string): string[] {
    const overview = this.#held.centres.get(instanceId)?.overview(this.#held.now());
    return overview?.queues.map(({ id }) => id) ?? [];
  }
}
