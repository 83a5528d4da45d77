import type { ContactFacts, ContactKey } from '../../lambda/domain/contact.ts';
import { workOf } from '../../lambda/domain/dealings.ts';
import type { RuleMessage } from '../../lambda/domain/rule-message.ts';
import { describeLimits, updateLimits } from '../../lambda/domain/settings.ts';
import { keyText } from '../../lambda/flow/drain.ts';
import { FairShares } from '../../lambda/flow/fair-shares.ts';
import type { Configuration, Connect, ContactStore, Outbox, QuotaStore } from '../../lambda/flow/ports.ts';
import { Quota } from '../../lambda/flow/quota.ts';
import { takeEvent } from '../../lambda/flow/take-event.ts';
import { takeMessage } from '../../lambda/flow/take-message.ts';
import { FifoQueue } from '../virtual/fifo-queue.ts';
import { DELIVERY, handleKicks, handleMessage } from '../virtual/functions.ts';
import { MemoryTable } from '../virtual/memory-table.ts';
import { SILENT } from '../virtual/silent.ts';
import { StandardQueue } from '../virtual/standard-queue.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';
import type { Ledger } from './ledger.ts';
import type { Waits } from './waits.ts';

/** Where a system is replayed. */
export interface SystemOptions {
  readonly time: VirtualTime;
  readonly waits: Waits;
  readonly ledger: Ledger;
  readonly configuration: Configuration;
  readonly region: string;
  readonly instances: readonly string[];
}

/**
 * The system under one policy set: the flow of `lambda/flow` on services in memory that answer at once and never fail.
 * Only the time itself passes: until timers ring, and until the quota grants the next call.
 */
export class ReplayedSystem {
  readonly ledger: Ledger;
  readonly #options: SystemOptions;
  readonly #table = new MemoryTable();
  readonly #ruleMessages: StandardQueue<string>;
  readonly #dispatch: FifoQueue<ContactKey>;
  readonly #ports: ReturnType<typeof portsOf>;

  constructor(options: SystemOptions) {
    this.#options = options;
    this.ledger = options.ledger;
    const { time, configuration } = options;
    this.#ports = portsOf(options, this.#table, {
      sendRuleMessages: async (messages) => {
        for (const { body, delaySeconds } of messages) {
          this.#ruleMessages.send(JSON.stringify(body), delaySeconds * 1_000);
        }
      },
      kick: async ({ instanceId, contactId }, distinct) => {
        const key = { instanceId, contactId };
        this.#dispatch.send(key, `${keyText(key)}#${distinct}`);
      },
    });
    const delivery = {
      batchSize: DELIVERY.batchSize,
      maxReceives: DELIVERY.maxReceives,
      pollMs: () => 0,
      // Nothing fails here but by a bug, and that must not look like a result.
      onDead: ({ body }: { readonly body: unknown }) => {
        throw new Error(`Handled in vain again and again: ${JSON.stringify(body)}`);
      },
    };
    this.#ruleMessages = new StandardQueue<string>(time, {
      ...delivery,
      concurrency: 1,
      visibilityMs: DELIVERY.ruleMessagesHiddenMs,
      handle: async (batch) => {
        for (const message of batch) await handleMessage(message, this.#ports);
        return new Set();
      },
    });
    this.#dispatch = new FifoQueue<ContactKey>(time, {
      ...delivery,
      visibilityMs: DELIVERY.dispatchHiddenMs,
      handle: async (batch) => {
        await handleKicks(
          batch.map(({ body }) => body),
          this.#ports,
        );
        return new Set();
      },
    });
    this.#fillQuota(configuration);
  }

  /** Takes a contact event. */
  async event(facts: ContactFacts): Promise<void> {
    await takeEvent(facts, this.#ports);
  }

  /** Takes a rule message. */
  async message(message: RuleMessage): Promise<void> {
    await takeMessage(message, this.#ports);
  }

  /** Forgets a contact, as the table does when its time is over. */
  forget(key: ContactKey): void {
    this.#table.forget(key);
    this.ledger.forget(key);
  }

  /** The recording begins in the middle of the system's life: what the quota grants in a burst has been saved up. */
  #fillQuota({ settings }: Configuration): void {
    const at = this.#options.time.now;
    const full = ({ burst, ratePerSecond }: ReturnType<typeof updateLimits>) => ({
      tokens: burst,
      at,
      ratePerSecond,
    });
    this.#table.saveQuota(
      { update: full(updateLimits(settings)), describe: full(describeLimits(settings)) },
      0,
    );
  }
}

function portsOf(options: SystemOptions, table: MemoryTable, outbox: Outbox) {
  const { time, region, instances, configuration, ledger } = options;
  const clock = { now: () => time.now, sleep: (durationMs: number) => time.sleep(durationMs) };
  const contacts: ContactStore = {
    load: async (key) => table.load(key),
    loadMany: async (keys) => table.loadMany(keys),
    async save(record, revision, now) {
      const saved = table.save(record, revision, now);
      if (saved !== undefined) ledger.saved(record);
      return saved;
    },
    pending: async (instanceId, limit) => table.pending(instanceId, limit),
    async *queued(queueArn) {
      yield table.queued(queueArn);
    },
  };
  const quotaStore: QuotaStore = {
    load: async () => table.loadQuota(),
    save: async (state, revision) => table.saveQuota(state, revision),
  };
  const connect = connectOf(options, table);
  return {
    contacts,
    outbox,
    clock,
    quota: new Quota(quotaStore, clock),
    shares: new FairShares(),
    telemetry: {
      ...SILENT,
      contactFailed(_key: ContactKey, error: unknown) {
        throw error;
      },
    },
    configuration: async () => configuration,
    settings: async () => configuration.settings,
    connect: () => connect,
    region,
    instances,
  };
}

/** Connect takes every call. What events do not tell, it does not know either: attributes, and what flows set. */
function connectOf({ waits, ledger }: SystemOptions, table: MemoryTable): Connect {
  return {
    async updateRouting(key, call) {
      const contact = waits.of(key);
      if (!contact) return { kind: 'gone', message: 'It has left its queue.' };
      ledger.called(contact, call, table.load(key).record);
      return { kind: 'done' };
    },
    async describe(key) {
      const { record } = table.load(key);
      ledger.calls.described += 1;
      if (workOf(record)?.kind === 'attributes') ledger.askedForAttributes.add(keyText(key));
      return { kind: 'described', description: { routing: {}, attributes: {} } };
    },
  };
}
