import type { ContactEventEnvelope } from '../../sim/centre/index.ts';
import { FunctionPool } from '../../sim/dst/function-pool.ts';
import type { Process } from '../../sim/dst/process.ts';
import { invokeAsync } from '../../sim/virtual/invoke-async.ts';
import type { Message } from '../../sim/virtual/message.ts';
import { StandardQueue } from '../../sim/virtual/standard-queue.ts';
import { TIERS, type Tier } from './load.ts';
import { CallFailedError, type RetryMode, SdkClient } from './sdk-client.ts';
import type { Design } from './testbed.ts';

/** What the designs that an afternoon brings differ in. */
export interface NaiveBaselineOptions {
  readonly retryMode: RetryMode;
  /** Whether the function that gets QUEUED makes what is due at once itself, and does not queue it. */
  readonly callsAtOnce: boolean;
  /** Of the function that works off the queue of steps. */
  readonly steps: {
    readonly concurrency: number;
    readonly batchSize: number;
    /** Between calls of one environment lies at least so long: it paces itself. */
    readonly gapMs: number;
    readonly timeoutMs: number;
  };
}

/** A message: that a step of a contact has come. */
interface StepMessage {
  readonly contactId: string;
  readonly tier: Tier;
  readonly enqueuedAt: number;
  readonly index: number;
}

/** What of a QUEUED event is read. */
interface QueuedDetail {
  readonly tags: { readonly tier: Tier };
  readonly queueInfo: { readonly enqueueTimestamp: string };
}

/** What a table keeps of a contact. */
interface ContactItem {
  hasLeft: boolean;
  /** Steps that were made, at least: nothing is made twice. */
  stepsMade: number;
}

const EVENTS_TIMEOUT_MS = 30_000;
const MAX_RECEIVES = 5;

/** The visibility timeout is six times the function's, as AWS advises. */
const VISIBILITY_FACTOR = 6;

/** What has left is of no interest to a retry. */
const NOT_RETRIED = new Set(['gone', 'invalid']);

/**
 * What a good engineer builds in an afternoon: one function for contact events, which notes in a table who waits and
 * who has left and sends each step as a delayed message; one for the messages, which looks into the table and calls.
 * A step of a contact that has left, that was made, or that the next step has overtaken is not made. What fails comes
 * again, and lands in a dead-letter queue after five times.
 */
export function naiveBaseline(options: NaiveBaselineOptions): Design {
  return (site) => {
    const table = new Map<string, ContactItem>();
    const newClient = (process: Process) =>
      new SdkClient(process, site, options.retryMode, options.steps.gapMs);
    const stepFunction = new FunctionPool('steps', options.steps.timeoutMs, site, newClient);
    const queue = new StandardQueue<StepMessage>(site.time, {
      concurrency: options.steps.concurrency,
      batchSize: options.steps.batchSize,
      visibilityMs: options.steps.timeoutMs * VISIBILITY_FACTOR,
      maxReceives: MAX_RECEIVES,
      pollMs: site.latencies.pollMs,
      handle: (batch) => stepFunction.invoke((client, process) => handleSteps(batch, client, process, table)),
      onDeadLetter: () => {},
    });
    const eventFunction = new FunctionPool('events', EVENTS_TIMEOUT_MS, site, newClient);
    return (event) => {
      const invoke = () =>
        eventFunction.invoke((client, process) =>
          handleEvent(event, client, process, table, queue, options.callsAtOnce),
        );
      site.time.after(site.latencies.eventMs(), () => invokeAsync(invoke, () => {}, site.time));
    };
  };
}

async function handleEvent(
  { detail }: ContactEventEnvelope,
  client: SdkClient,
  process: Process,
  table: Map<string, ContactItem>,
  queue: StandardQueue<StepMessage>,
  atOnce: boolean,
): Promise<void> {
  const { contactId, eventType } = detail;
  if (eventType !== 'QUEUED') {
    await process.request('note that it left', () => {
      itemOf(table, contactId).hasLeft = true;
    });
    return;
  }
  const isKnown = await process.request('note that it waits', () => {
    const isKnown = table.has(contactId);
    itemOf(table, contactId);
    return isKnown;
  });
  const { tags, queueInfo } = detail as unknown as QueuedDetail;
  const enqueuedAt = Date.parse(queueInfo.enqueueTimestamp);
  const messages = TIERS[tags.tier].steps.map((_, index) => ({
    contactId,
    tier: tags.tier,
    enqueuedAt,
    index,
  }));
  const mine = atOnce ? messages.find((message) => dueAt(message) <= process.now) : undefined;
  // A retry of this invocation does not send them again.
  if (!isKnown) {
    await process.request('send steps', () => {
      for (const message of messages)
        if (message !== mine) queue.send(message, delayMs(message, process.now));
    });
  }
  if (mine) await handleStep(mine, client, process, table);
}

/** One after the other, in the order in which they came. */
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

/** @throws CallFailedError when it is to be tried again. */
async function handleStep(
  message: StepMessage,
  client: SdkClient,
  process: Process,
  table: Map<string, ContactItem>,
): Promise<void> {
  const { contactId, tier, index } = message;
  const { steps } = TIERS[tier];
  const { hasLeft, stepsMade: made } = await process.request('get', () => ({ ...itemOf(table, contactId) }));
  const isSuperseded =
    steps[index + 1] !== undefined && dueAt({ ...message, index: index + 1 }) <= process.now;
  if (hasLeft || made > index || isSuperseded) return;
  try {
    await client.setPriority(contactId, steps[index]?.priority ?? 1);
  } catch (error) {
    if (error instanceof CallFailedError && NOT_RETRIED.has(error.kind)) return;
    throw error;
  }
  await process.request('note that it was made', () => {
    const item = itemOf(table, contactId);
    item.stepsMade = Math.max(item.stepsMade, index + 1);
  });
}

/** SQS delays by whole seconds. */
function delayMs(message: StepMessage, now: number): number {
  return Math.ceil(Math.max(0, dueAt(message) - now) / 1_000) * 1_000;
}

function dueAt({ tier, enqueuedAt, index }: StepMessage): number {
  return enqueuedAt + (TIERS[tier].steps[index]?.afterSeconds ?? 0) * 1_000;
}

function itemOf(table: Map<string, ContactItem>, contactId: string): ContactItem {
  const item = table.get(contactId) ?? { hasLeft: false, stepsMade: 0 };
  table.set(contactId, item);
  return item;
}
