import type { ContactKey } from '../../lambda/domain/contact.ts';
import { queueOf } from '../../lambda/domain/contact.ts';
import { dueAtOf, lookAtTime, urgencyOf } from '../../lambda/domain/dealings.ts';
import type { CallOutcome, ContactDescription, MadeCall } from '../../lambda/domain/outcome.ts';
import type { PlanContext } from '../../lambda/domain/plan.ts';
import { type ContactRecord, emptyRecord } from '../../lambda/domain/record.ts';
import { keyText } from '../../lambda/flow/drain.ts';
import { FairShares } from '../../lambda/flow/fair-shares.ts';
import type {
  Connect,
  ContactStore,
  DescribeOutcome,
  Outbox,
  OutgoingMessage,
  PendingContact,
  QueuedContact,
  QuotaState,
  StoredContact,
  Telemetry,
} from '../../lambda/flow/ports.ts';
import { Quota } from '../../lambda/flow/quota.ts';
import { T0 } from './contacts.ts';

/** The flow's ports in memory, under a clock that only sleeping and the test move. */
export class MemoryWorld implements ContactStore, Outbox, Connect, Telemetry {
  now = T0;
  readonly shares = new FairShares();
  readonly items = new Map<string, StoredContact & { readonly urgency: string | undefined }>();
  readonly sent: OutgoingMessage[] = [];
  readonly kicks: (ContactKey & { distinct: string })[] = [];
  readonly calls: { contactId: string; at: number; call: MadeCall }[] = [];
  readonly described: string[] = [];
  readonly told: string[] = [];
  /** What Connect answers; each test sets what it foresees. */
  answer: (key: ContactKey, call: MadeCall) => CallOutcome = () => ({ kind: 'done' });
  describeAnswer: (key: ContactKey) => DescribeOutcome = () => described({ routing: {}, attributes: {} });
  /** Called before each saving: where a test lets somebody else write. */
  beforeSave: (key: ContactKey) => void = () => {};
  configuration: Omit<PlanContext, 'region' | 'instances'>;
  readonly region: string;
  readonly instances: readonly string[];
  #quota: { state: QuotaState; revision: number } | undefined;

  constructor(context: PlanContext) {
    this.configuration = context;
    this.region = context.region;
    this.instances = context.instances;
  }

  get reconcileWorld() {
    return {
      contacts: this,
      outbox: this,
      clock: this.clock,
      configuration: async () => this.configuration,
      region: this.region,
      instances: this.instances,
    };
  }

  get drainWorld() {
    return {
      contacts: this,
      outbox: this,
      connect: this,
      quota: new Quota(
        { load: () => this.loadQuota(), save: (...given) => this.saveQuota(...given) },
        this.clock,
      ),
      shares: this.shares,
      instances: this.instances,
      telemetry: this,
      clock: this.clock,
      settings: async () => this.configuration.settings,
    };
  }

  get sweepWorld() {
    return {
      contacts: this,
      outbox: this,
      instances: this.instances,
      telemetry: this,
      clock: this.clock,
      settings: async () => this.configuration.settings,
    };
  }

  get clock() {
    return {
      now: () => this.now,
      sleep: async (durationMs: number) => {
        this.now += durationMs;
      },
    };
  }

  /** Gives the quotas their full bursts, as after a quiet minute. */
  fillQuota(tokens = 15): void {
    const bucket = { tokens, at: this.now, ratePerSecond: 9 };
    this.#quota = { state: { update: { ...bucket, ratePerSecond: 18 }, describe: bucket }, revision: 1 };
  }

  record(key: ContactKey): ContactRecord | undefined {
    return this.items.get(keyText(key))?.record;
  }

  async load(key: ContactKey): Promise<StoredContact> {
    const { record, revision } = this.items.get(keyText(key)) ?? { record: emptyRecord(key), revision: 0 };
    return { record, revision };
  }

  async loadMany(keys: readonly ContactKey[]): Promise<StoredContact[]> {
    return keys.flatMap((key) => this.items.get(keyText(key)) ?? []);
  }

  async save(given: ContactRecord, revision: number, now: number): Promise<number | undefined> {
    this.beforeSave(given);
    const key = keyText(given);
    if ((this.items.get(key)?.revision ?? 0) !== revision) return undefined;
    const record = JSON.parse(JSON.stringify(given)) as ContactRecord;
    this.items.set(key, { record, revision: revision + 1, urgency: urgencyOf(record, now) });
    return revision + 1;
  }

  async pending(instanceId: string, limit: number): Promise<PendingContact[]> {
    return [...this.items.values()]
      .filter(({ record, urgency }) => record.instanceId === instanceId && urgency !== undefined)
      .sort((a, b) => ((a.urgency ?? '') < (b.urgency ?? '') ? -1 : 1))
      .slice(0, limit)
      .map(({ record: { instanceId, contactId }, urgency = '' }) => {
        const dueAt = dueAtOf(urgency);
        return { instanceId, contactId, ...(dueAt === undefined ? {} : { dueAt }) };
      });
  }

  async *queued(queueArn?: string): AsyncGenerator<QueuedContact[]> {
    const keys = [...this.items.values()].filter(({ record }) => {
      const queue = record.facts && queueOf(record.facts);
      return queue && (queueArn === undefined || queue.arn === queueArn);
    });
    for (const { record } of keys) {
      const wakeAt = lookAtTime(record);
      const { instanceId, contactId } = record;
      yield [{ instanceId, contactId, ...(wakeAt === undefined ? {} : { wakeAt }) }];
    }
  }

  async loadQuota() {
    return this.#quota;
  }

  async saveQuota(state: QuotaState, revision: number): Promise<number | undefined> {
    if ((this.#quota?.revision ?? 0) !== revision) return undefined;
    this.#quota = { state, revision: revision + 1 };
    return revision + 1;
  }

  async sendRuleMessages(messages: readonly OutgoingMessage[]): Promise<void> {
    this.sent.push(...messages);
  }

  async kick({ instanceId, contactId }: ContactKey, distinct: string): Promise<void> {
    this.kicks.push({ instanceId, contactId, distinct });
  }

  async updateRouting(key: ContactKey, call: MadeCall): Promise<CallOutcome> {
    this.calls.push({ contactId: key.contactId, at: this.now, call });
    return this.answer(key, call);
  }

  async describe(key: ContactKey): Promise<DescribeOutcome> {
    this.described.push(key.contactId);
    return this.describeAnswer(key);
  }

  changeApplied(latenessMs: number): void {
    this.told.push(`applied ${latenessMs} ms late`);
  }

  callThrottled(): void {
    this.told.push('throttled');
  }

  callRefused(key: ContactKey, _call: MadeCall, message: string): void {
    this.told.push(`refused ${key.contactId}: ${message}`);
  }

  accessDenied(message: string): void {
    this.told.push(`denied: ${message}`);
  }

  outcomeUnknown(key: ContactKey, message: string): void {
    this.told.push(`unknown ${key.contactId}: ${message}`);
  }

  contactFailed(key: ContactKey, error: unknown): void {
    this.told.push(`failed ${key.contactId}: ${error}`);
  }

  contactClosed(key: ContactKey, message: string): void {
    this.told.push(`closed ${key.contactId}: ${message}`);
  }

  contactsSwept(waiting: number, overdue: number): void {
    this.told.push(`${overdue} of ${waiting} overdue`);
  }

  oldestPending(ageSeconds: number): void {
    this.told.push(`oldest pending ${ageSeconds} s`);
  }
}

export function described(description: ContactDescription): DescribeOutcome {
  return { kind: 'described', description };
}
