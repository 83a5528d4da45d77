import type { ContactEventEnvelope } from '../../sim/centre/index.ts';
import { FunctionPool } from '../../sim/dst/function-pool.ts';
import type { Process } from '../../sim/dst/process.ts';
import { invokeAsync } from '../../sim/virtual/invoke-async.ts';
import type { Message } from '../../sim/virtual/message.ts';
import { StandardQueue } from '../../sim/virtual/standard-queue.ts';
import { TIERS } from './load.ts';
import { type QueuedContact, queuedContact } from './queued-detail.ts';
import { CallFailedError, type RetryMode, SdkClient } from './sdk-client.ts';
import type { Design } from './testbed.ts';

/** The options of a simple design without this system. */
interface NaiveBaselineOptions {
  readonly retryMode: RetryMode;
  /**
   * Whether the function that handles QUEUED applies a step that is due at once itself, without the queue.
   */
  readonly callsAtOnce: boolean;
  /** The function that handles the queue of steps. */
  readonly steps: {
    readonly concurrency: number;
    readonly batchSize: number;
    /** Minimum milliseconds between two calls of one execution environment. */
    readonly gapMs: number;
    readonly timeoutMs: number;
  };
}

/** A message that a step of a contact is reached. */
interface StepMessage extends QueuedContact {
  readonly index: number;
}

/** The item of a contact in the table. */
interface ContactItem {
  hasLeft: boolean;
  /** The number of steps that were applied. No step is applied twice. */
  appliedSteps: number;
}

const EVENTS_TIMEOUT_MS = 30_000;
const MAX_RECEIVES = 5;

/** The visibility timeout is six times the function's, as AWS advises. */
const VISIBILITY_FACTOR = 6;

/** The results of a call after which a step is not retried. */
const NOT_RETRIED = new Set(['gone', 'invalid']);

/**
 * A simple design that an engineer can build in an afternoon. One function handles contact events: it records
 * in a table which contacts are queued or have left, and sends a delayed message for each step. Another
 * function handles the messages: it reads the table and calls Connect. It skips the steps of contacts that
 * have left, steps that were applied already, and steps that the next step has superseded. A failed message
 * is retried, and moves to a dead-letter queue after five failures.
 */
export function naiveBaseline(options: NaiveBaselineOptions): Design {
  return (testbed) => {
    const table = new Map<string, ContactItem>();
    const newClient = (process: Process) =>
      new SdkClient(process, testbed, options.retryMode, options.steps.gapMs);
    const stepFunction = new FunctionPool('steps', options.steps.timeoutMs, testbed, newClient);
    const queue = new StandardQueue<StepMessage>(testbed.time, {
      concurrency: options.steps.concurrency,
      batchSize: options.steps.batchSize,
      visibilityMs: options.steps.timeoutMs * VISIBILITY_FACTOR,
      maxReceives: MAX_RECEIVES,
      pollMs: testbed.latencies.pollMs,
      handle: (batch) => stepFunction.invoke((client, process) => handleSteps(batch, client, process, table)),
      onDeadLetter: () => {},
    });
    const eventFunction = new FunctionPool('events', EVENTS_TIMEOUT_MS, testbed, newClient);
    return (event) => {
      const invoke = () =>
        eventFunction.invoke((client, process) =>
          handleEvent(event, client, process, table, queue, options.callsAtOnce),
        );
      testbed.time.after(testbed.latencies.eventMs(), () => invokeAsync(invoke, () => {}, testbed.time));
    };
  };
}

async function handleEvent(
  event: ContactEventEnvelope,
  client: SdkClient,
  process: Process,
  table: Map<string, ContactItem>,
  queue: StandardQueue<StepMessage>,
  callsAtOnce: boolean,
): Promise<void> {
  const contact = queuedContact(event);
  if (!contact) {
    await process.request('record the departure', () => {
      itemOf(table, event.detail.contactId).hasLeft = true;
    });
    return;
  }
  const isKnown = await process.request('record the contact', () => {
    const isKnown = table.has(contact.contactId);
    itemOf(table, contact.contactId);
    return isKnown;
  });
  const messages = TIERS[contact.tier].steps.map((_, index) => ({ ...contact, index }));
  const immediate = callsAtOnce ? messages.find((message) => dueAt(message) <= process.now) : undefined;
  // A retry of this invocation does not send the messages again.
  if (!isKnown) {
    await process.request('send steps', () => {
      for (const message of messages)
        if (message !== immediate) queue.send(message, delayMs(message, process.now));
    });
  }
  if (immediate) await handleStep(immediate, client, process, table);
}

/** Handles the messages of a batch one after another. Returns the ids of those that failed. */
async function handleSteps(
  batch: readonly Message<StepMessage>[],
  client: SdkClient,
  process: Process,
  table: Map<string, ContactItem>,
): Promise<ReadonlySet<string>> {
  const failed = new Set<string>();
  for (const { id, body } of batch) {
    try {
      await handleStep(body, client, process, table);
    } catch {
      failed.add(id);
    }
  }
  return failed;
}

/** @throws CallFailedError when the step must be retried. */
async function handleStep(
  message: StepMessage,
  client: SdkClient,
  process: Process,
  table: Map<string, ContactItem>,
): Promise<void> {
  const { contactId, tier, index } = message;
  const { steps } = TIERS[tier];
  const { hasLeft, appliedSteps } = await process.request('get', () => ({ ...itemOf(table, contactId) }));
  const isSuperseded =
    steps[index + 1] !== undefined && dueAt({ ...message, index: index + 1 }) <= process.now;
  if (hasLeft || appliedSteps > index || isSuperseded) return;
  try {
    await client.setPriority(contactId, steps[index]?.priority ?? 1);
  } catch (error) {
    if (error instanceof CallFailedError && NOT_RETRIED.has(error.kind)) return;
    throw error;
  }
  await process.request('record the step', () => {
    const item = itemOf(table, contactId);
    item.appliedSteps = Math.max(item.appliedSteps, index + 1);
  });
}

/** The delays of SQS are whole seconds. */
function delayMs(message: StepMessage, now: number): number {
  return Math.ceil(Math.max(0, dueAt(message) - now) / 1_000) * 1_000;
}

function dueAt({ tier, enqueuedAt, index }: StepMessage): number {
  return enqueuedAt + (TIERS[tier].steps[index]?.afterSeconds ?? 0) * 1_000;
}

function itemOf(table: Map<string, ContactItem>, contactId: string): ContactItem {
  const item = table.get(contactId) ?? { hasLeft: false, appliedSteps: 0 };
  table.set(contactId, item);
  return item;
}
