import type { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { sendMessages } from '../../lambda/aws/queues.ts';
import { emptyBucket } from '../../lambda/domain/routing/token-bucket.ts';
import { DEFAULT_SETTINGS, describeLimits, updateLimits } from '../../lambda/domain/settings.ts';
import type { FanOutPorts } from '../../lambda/flow/fan-out.ts';
import type {
  FanOutPosition,
  OutgoingMessage,
  QueuedContact,
  QueuedPage,
  SweepPosition,
} from '../../lambda/flow/ports.ts';
import type { SweepPorts } from '../../lambda/flow/sweep.ts';
import { DELIVERY } from '../../sim/virtual/delivery.ts';
import { NO_TELEMETRY } from '../../sim/virtual/no-telemetry.ts';
import { StandardQueue } from '../../sim/virtual/standard-queue.ts';
import { VirtualTime } from '../../sim/virtual/virtual-time.ts';

/** Contacts in a page of the index. */
const PAGE_SIZE = 1_000;

/**
 * A page of the index, in milliseconds: 40 for DynamoDB to send 300 KB, and 40 to read a thousand entries, which takes
 * three with a whole core, with the third of one that a function with 512 MB has.
 */
const PAGE_MS = 80;

/** A batch of ten messages, in milliseconds: 15 for SQS, and what its requests beside it take of the same core. */
const SEND_MS = 25;

/** An invocation that reconciles ten contacts, in milliseconds: docs/limits.md. */
const RECONCILE_MS = 100;

/** A hundred records, in milliseconds: likewise. */
const RECORDS_MS = 60;

/** A read or write of a small item, in milliseconds. */
const ITEM_MS = 10;

export const T0 = Date.parse('2026-11-23T10:00:00.000Z');

const INSTANCE_ID = 'i-1';

/**
 * A contact centre with many contacts that wait, in virtual time: the flow of the sweep and of fan-outs, with the sender of
 * messages, over services that take their time. A reconcile is no more than the time that it takes: it says when a contact
 * has had its turn.
 */
export class LargeCentre {
  readonly time = new VirtualTime(T0);
  /** When each contact had its turn last; absent: not yet. */
  readonly turnAt = new Map<string, number>();
  /** When the last contact had its first turn. */
  allHadTurnAt = T0;
  /** The longest time between two turns of a contact, or before its first one, in milliseconds. */
  longestGapMs = 0;
  /** Turns of all contacts. */
  turns = 0;
  readonly #contacts: readonly QueuedContact[];
  /** When each contact is to be reconciled; absent: time alone changes nothing. */
  readonly #reconcileAt = new Map<string, number>();
  readonly #queue: StandardQueue<string>;
  readonly #fanOuts = new Map<string, FanOutPosition>();
  #position: SweepPosition | undefined;

  /**
   * @param concurrency - invocations that handle messages at the same time.
   * @param onMessage - handles a message that is about many contacts.
   */
  constructor(
    waiting: number,
    concurrency: number,
    onMessage: (body: string, centre: LargeCentre) => Promise<void> = async () => {},
  ) {
    this.#contacts = Array.from({ length: waiting }, (_, index) => ({
      instanceId: INSTANCE_ID,
      contactId: `contact-${index}`,
    }));
    this.#queue = new StandardQueue<string>(this.time, {
      ...DELIVERY.ruleMessages,
      concurrency,
      pollMs: () => 0,
      onDeadLetter: ({ body }) => {
        throw new TypeError(`Handling failed repeatedly: ${body}`);
      },
      handle: async (batch) => {
        await this.time.sleep(RECONCILE_MS);
        for (const { body } of batch) {
          const { contactId } = JSON.parse(body) as { contactId?: string };
          if (contactId === undefined) await onMessage(body, this);
          else this.#takeTurn(contactId);
        }
        return new Set();
      },
    });
  }

  /** Has the wake-ups of all contacts be overdue, as after an outage of SQS. */
  loseAllWakeUps(): void {
    for (const { contactId } of this.#contacts) this.#reconcileAt.set(contactId, T0 - 3_600_000);
  }

  /** Contacts that have had no turn. */
  get starved(): number {
    return this.#contacts.length - this.turnAt.size;
  }

  get sweepPorts(): SweepPorts {
    const state = {
      update: emptyBucket(updateLimits(DEFAULT_SETTINGS), T0),
      describe: emptyBucket(describeLimits(DEFAULT_SETTINGS), T0),
    };
    return {
      contacts: { ...this.#contactsPort, pending: async () => [], loadMany: async () => [] },
      search: { page: async () => ({ contacts: [] }) },
      outbox: { ...this.#outbox, async notifyDispatch() {} },
      quota: { load: async () => ({ state, revision: 1 }) },
      position: {
        load: async () => this.#position,
        save: async (position) => {
          await this.time.sleep(ITEM_MS);
          this.#position = position;
        },
      },
      telemetry: NO_TELEMETRY,
      clock: this.#clock,
      region: 'eu-central-1',
      settings: async () => DEFAULT_SETTINGS,
      usesConditions: async () => false,
      instances: [INSTANCE_ID],
    };
  }

  get fanOutPorts(): FanOutPorts {
    return {
      contacts: this.#contactsPort,
      outbox: this.#outbox,
      clock: this.#clock,
      fanOuts: {
        load: async (id) => this.#fanOuts.get(id),
        save: async (id, position) => {
          await this.time.sleep(ITEM_MS);
          this.#fanOuts.set(id, position);
          return true;
        },
      },
    };
  }

  /** Reads the records of contacts, all of which a new configuration concerns. */
  async readRecords<T>(contacts: readonly T[]): Promise<readonly T[]> {
    await this.time.sleep(Math.ceil(contacts.length / 100) * RECORDS_MS);
    return contacts;
  }

  get #clock() {
    return { now: () => this.time.now, sleep: (durationMs: number) => this.time.sleep(durationMs) };
  }

  get #contactsPort() {
    return { queued: (_queueArn?: string, from = '0') => this.#pages(Number(from)) };
  }

  async *#pages(from: number): AsyncGenerator<QueuedPage> {
    for (let start = from; start < this.#contacts.length; start += PAGE_SIZE) {
      await this.time.sleep(PAGE_MS);
      const end = start + PAGE_SIZE;
      const contacts = this.#contacts.slice(start, end).map((contact) => {
        const reconcileAt = this.#reconcileAt.get(contact.contactId);
        return reconcileAt === undefined ? contact : { ...contact, reconcileAt };
      });
      yield { contacts, ...(end < this.#contacts.length && { next: String(end) }) };
    }
  }

  get #outbox() {
    const send = (messages: readonly OutgoingMessage[]) => sendMessages(this.#sqs, 'queue', messages);
    return { sendWakeUps: send, sendSignals: send };
  }

  /** SQS, as far as batches of messages are sent to it. */
  get #sqs(): SQSClient {
    const send = async ({ input }: SendMessageBatchCommand) => {
      await this.time.sleep(SEND_MS);
      for (const { MessageBody = '', DelaySeconds = 0 } of input.Entries ?? []) {
        this.#queue.send(MessageBody, DelaySeconds * 1_000);
      }
      return {};
    };
    return { send } as unknown as SQSClient;
  }

  #takeTurn(contactId: string): void {
    const { now } = this.time;
    this.longestGapMs = Math.max(this.longestGapMs, now - (this.turnAt.get(contactId) ?? T0));
    if (!this.turnAt.has(contactId)) this.allHadTurnAt = now;
    this.turnAt.set(contactId, now);
    this.#reconcileAt.delete(contactId);
    this.turns += 1;
  }
}
