import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import type { ContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import { POLL_INTERVAL_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import type { MessageQueue } from '../../lambda/domain/messages/message-queue.ts';
import type { RuleMessage } from '../../lambda/domain/messages/rule-message.ts';
import { type QueueState, queueStateKey } from '../../lambda/domain/queue/queue-state.ts';
import { pendingWork } from '../../lambda/domain/reconcile/pending-work.ts';
import { type ShadowChange, spareWork } from '../../lambda/domain/reconcile/shadows.ts';
import { describeLimits, updateLimits } from '../../lambda/domain/settings.ts';
import { dispatchBatch } from '../../lambda/flow/dispatch/dispatch.ts';
import { FairQueue } from '../../lambda/flow/dispatch/fair-queue.ts';
import { RateLimiter } from '../../lambda/flow/dispatch/rate-limiter.ts';
import { applyContactEvent } from '../../lambda/flow/handle-contact-event.ts';
import { applyRuleMessage, startBatch } from '../../lambda/flow/handle-rule-message.ts';
import type {
  Configuration,
  Connect,
  ContactStore,
  DeadLetters,
  FanOutPosition,
  LoadMetrics,
  Outbox,
  OutgoingMessage,
  QuotaStore,
  SignalOutbox,
} from '../../lambda/flow/ports.ts';
import { LATENCY_MS } from '../escalation/options.ts';
import { DELIVERY, TIMEOUT_MS } from '../virtual/delivery.ts';
import { FifoQueue } from '../virtual/fifo-queue.ts';
import { MemoryTable } from '../virtual/memory-table.ts';
import { deliveredMessage } from '../virtual/message.ts';
import { NO_TELEMETRY } from '../virtual/no-telemetry.ts';
import { StandardQueue } from '../virtual/standard-queue.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';
import type { QueueTracker, QueueVisit } from './queue-tracker.ts';
import type { ReplayRecorder } from './replay-recorder.ts';

/** From an event until its call takes effect in Connect: by then, a contact that is answered at once has left. */
const EVENT_TO_CALL_MS = LATENCY_MS.event + LATENCY_MS.dispatch + LATENCY_MS.call;

/** The environment of a replayed system. */
interface ReplayedSystemOptions {
  readonly time: VirtualTime;
  readonly queueTracker: QueueTracker;
  readonly recorder: ReplayRecorder;
  readonly configuration: Configuration;
  readonly region: string;
  readonly instances: readonly string[];
}

/**
 * The system under one policy set: the flow of `lambda/flow` on services in memory that respond at once and
 * never fail. Time passes only from an event to its call, until wake-ups, and until the quota permits the next call.
 */
export class ReplayedSystem {
  readonly recorder: ReplayRecorder;
  readonly #options: ReplayedSystemOptions;
  readonly #table = new MemoryTable();
  readonly #messages: Readonly<Record<'RuleMessages' | 'WakeUps', StandardQueue<string>>>;
  readonly #dispatch: FifoQueue<ContactKey>;
  readonly #ports: ReturnType<typeof createPorts>;
  /** True while an event is handled. */
  #isEvent = false;

  constructor(options: ReplayedSystemOptions) {
    this.#options = options;
    this.recorder = options.recorder;
    const { time, configuration } = options;
    this.#ports = createPorts(options, this.#table, {
      sendWakeUps: async (messages) => this.#send('WakeUps', messages),
      sendSignals: async (messages) => this.#send('RuleMessages', messages),
      notifyDispatch: async ({ instanceId, contactId }, deduplicationKey) => {
        const key = { instanceId, contactId };
        const send = () => this.#dispatch.send(key, `${keyString(key)}#${deduplicationKey}`);
        if (this.#isEvent) this.#options.time.after(EVENT_TO_CALL_MS, send);
        else send();
      },
    });
    const delivery = {
      pollMs: () => 0,
      // A failure here is a bug, which must not be hidden in a result.
      onDeadLetter: ({ body }: { readonly body: unknown }) => {
        throw new Error(`Handling failed repeatedly: ${JSON.stringify(body)}`);
      },
    };
    const messageQueue = (queue: MessageQueue) =>
      new StandardQueue<string>(time, {
        ...delivery,
        ...DELIVERY.ruleMessages,
        name: queue,
        concurrency: 1,
        handle: async (batch) => {
          const handleMessage = startBatch(this.#ports, {
            queue,
            deadLetters: NO_DEAD_LETTERS,
            async retryAfter() {},
          });
          for (const [index, message] of batch.entries())
            await handleMessage(deliveredMessage(message, index));
          return new Set();
        },
      });
    this.#messages = { RuleMessages: messageQueue('RuleMessages'), WakeUps: messageQueue('WakeUps') };
    this.#dispatch = new FifoQueue<ContactKey>(time, {
      ...delivery,
      ...DELIVERY.dispatch,
      handle: async (batch) => {
        const keys = batch.map(({ body }) => body);
        await dispatchBatch(keys, this.#ports, TIMEOUT_MS.dispatch);
        return new Set();
      },
    });
    this.#fillQuota(configuration);
    if (configuration.conditions?.length) this.#poll();
  }

  /** Has the load of queues read from now on, in place of the sweep. */
  #poll(): void {
    const { time } = this.#options;
    const pollAt = new Date(time.now).toISOString();
    this.#send('WakeUps', [{ body: { type: 'poll', pollAt }, delaySeconds: 0 }]);
    time.after(POLL_INTERVAL_SECONDS * 1_000, () => this.#poll());
  }

  #send(queue: 'RuleMessages' | 'WakeUps', messages: readonly OutgoingMessage[]): void {
    for (const { body, delaySeconds } of messages) {
      this.#messages[queue].send(JSON.stringify(body), delaySeconds * 1_000);
    }
  }

  /** A visit has ended, and the event that says so is not handled yet. */
  onLeave(visit: QueueVisit): void {
    this.recorder.onLeave(visit);
    const leaving = this.#options.queueTracker.leavingOf(visit);
    if (!leaving) return;
    this.recorder.targets.add(this.#table.load(visit).record, leaving.how === 'answered', leaving.at);
  }

  /** The recording has ended. */
  onEnd(): void {
    const { queueTracker, time } = this.#options;
    for (const visit of queueTracker.visits) {
      this.recorder.targets.add(this.#table.load(visit).record, false, time.now);
    }
  }

  /** Handles a contact event. */
  async handleEvent(event: Pick<ContactEvent, 'facts' | 'origin' | 'customerId'>): Promise<void> {
    this.#isEvent = true;
    await applyContactEvent(event, this.#options.configuration, this.#ports);
    this.#isEvent = false;
  }

  /** Handles a rule message. */
  async handleMessage(message: RuleMessage): Promise<void> {
    await applyRuleMessage(message, this.#options.configuration, this.#ports);
  }

  /** Deletes a contact, as DynamoDB does when its time to live ends. */
  forget(key: ContactKey): void {
    this.#table.forget(key);
    this.recorder.forget(key);
  }

  /** A recording starts while the system is running, with full token buckets. */
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

const NO_DEAD_LETTERS: DeadLetters = {
  async send(body, _original, error) {
    throw new Error(`The system sent a malformed message, ${body}: ${error.message}`);
  },
};

function createPorts(options: ReplayedSystemOptions, table: MemoryTable, outbox: Outbox & SignalOutbox) {
  const { time, region, instances, configuration, recorder, queueTracker } = options;
  const clock = { now: () => time.now, sleep: (durationMs: number) => time.sleep(durationMs) };
  const contacts: ContactStore = {
    load: async (key) => table.load(key),
    loadMany: async (keys) => table.loadMany(keys),
    async save(record, revision, entries) {
      const saved = table.save(record, revision, entries);
      if (saved !== undefined) recorder.onSave(record);
      return saved;
    },
    pending: async (...query) => table.pending(...query),
    async *queued(queueArn) {
      yield table.queued(Number.POSITIVE_INFINITY, queueArn);
    },
  };
  const quotaStore: QuotaStore = {
    load: async () => table.loadQuota(),
    save: async (state, revision) => table.saveQuota(state, revision),
  };
  const connect = connectPort(options, table);
  return {
    contacts,
    outbox,
    clock,
    rateLimiter: new RateLimiter(quotaStore, clock),
    fairQueues: { updates: new FairQueue(), questions: new FairQueue() },
    telemetry: {
      ...NO_TELEMETRY,
      shadowChanged(key: ContactKey, change: ShadowChange) {
        recorder.onShadowChange(key, change);
      },
      contactFailed(_key: ContactKey, error: unknown) {
        throw error;
      },
    },
    configuration: async () => configuration,
    settings: async () => configuration.settings,
    storedNames: async () => configuration.policies,
    connect,
    region,
    instances,
    metrics: {
      loads: async (...query) => queueTracker.loads(...query),
      queueNames: async () => new Map([...queueTracker.queueIds].map((id) => [id, id])),
      staffed: async () => new Map(),
    } satisfies LoadMetrics,
    customers: table.customers,
    queueStates: {
      load: async (queueArn: string) => table.loadQueueState(queueArn),
      async save(queueArn: string, state: QueueState, revision: number) {
        const isSaved = table.saveQueueState(queueArn, state, revision);
        if (isSaved) recorder.conditions.onState(queueStateKey(queueArn), state.conditions, time.now);
        return isSaved;
      },
    },
    fanOuts: {
      load: async (id: string) => table.loadFanOut(id),
      save: async (id: string, position: FanOutPosition) => table.saveFanOut(id, position),
    },
    // One process: nobody else writes.
    async backOff() {},
  };
}

/**
 * Connect accepts every update of a waiting contact. Attributes and the routing of flows are unknown, as in
 * events.
 */
function connectPort({ queueTracker, recorder }: ReplayedSystemOptions, table: MemoryTable): Connect {
  return {
    async updateRouting(key, call, log) {
      // Nothing else runs meanwhile.
      await log.begin({ key: keyString(key), until: 0 });
      const contact = queueTracker.currentVisit(key);
      if (!contact) return { kind: 'gone', message: 'It has left its queue.' };
      recorder.onUpdate(contact, call, table.load(key).record);
      return { kind: 'done' };
    },
    async describe(key) {
      const { record } = table.load(key);
      recorder.calls.describeCalls += 1;
      const asks = [pendingWork(record)?.kind, spareWork(record)?.kind].includes('attributes');
      if (asks) recorder.contactsNeedingAttributes.add(keyString(key));
      return { kind: 'described', description: { routing: {}, attributes: {} } };
    },
  };
}
