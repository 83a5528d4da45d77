import type { ContactKey } from '../domain/contact/contact-key.ts';
import { withoutAgent } from '../domain/contact/facts.ts';
import { defined } from '../domain/json.ts';
import type { QueueSignal, ResyncAll } from '../domain/messages/rule-message.ts';
import type {
  Clock,
  ContactStore,
  FanOutPosition,
  FanOutPositionStore,
  Outbox,
  OutgoingMessage,
  SignalOutbox,
} from './ports.ts';
import { MAX_RECONCILES_PER_SECOND, RECONCILES_PER_SECOND, staggeredWakeUp } from './wake-up.ts';

/** What a fan-out needs from outside. */
export interface FanOutPorts {
  readonly contacts: Pick<ContactStore, 'queued'>;
  readonly outbox: Pick<Outbox, 'sendWakeUps'> & SignalOutbox;
  readonly clock: Pick<Clock, 'now'>;
  readonly fanOuts: FanOutPositionStore;
}

/** Chooses contacts among some. */
type Selection = (contacts: readonly ContactKey[]) => Promise<readonly ContactKey[]>;

/** A message for many contacts. */
type FanOut = QueueSignal | ResyncAll;

/** A part sends wake-ups for so many seconds. */
const PART_SECONDS = 60;

/** Copies of a signal in one part. They are not spread over time: their queue decides how fast they are handled. */
const SIGNALS_PER_PART = 5_000;

/** A part ends after this time, whatever it has sent: a third of the time that the function has. */
const MAX_PART_MS = 10_000;

/**
 * Turns a message for many contacts into one for each: a signal goes to the contacts that wait in its queue now,
 * `reevaluate` to all queued contacts or those of one queue, spread over time. Each is handled by itself, so one that
 * fails affects no other.
 *
 * A part of the contacts is done at a time, and a message for the next part is sent. How far a fan-out has come is
 * stored: a message that arrives again repeats at most the part that was not finished.
 *
 * @param select - the contacts that `reevaluate` is for. Default: all that are queued.
 */
export async function fanOut(
  message: FanOut,
  ports: FanOutPorts,
  select: Selection = async (contacts) => contacts,
): Promise<void> {
  const { part = 0 } = message;
  const { fanOuts, clock } = ports;
  const id = fanOutId(message);
  const before = (await fanOuts.load(id)) ?? { part: 0, sent: 0 };
  if (before.part === part + 1) return sendNext(message, before, 0, ports);
  if (before.part !== part) return;
  const { from, sent } = await sendPart(message, before, ports, select);
  const after = defined({ part: part + 1, from, sent: before.sent + sent });
  if (!(await fanOuts.save(id, after, clock.now()))) return;
  const delaySeconds = message.type === 'reevaluate' ? Math.ceil(sent / perSecond(before)) : 0;
  await sendNext(message, after, delaySeconds, ports);
}

/** What makes two messages the same fan-out. */
function fanOutId(message: FanOut): string {
  const { type, id } = message;
  return JSON.stringify(message.type === 'queue-signal' ? [type, message.queueArn, id] : [type, id]);
}

/** A fan-out that lasts gets faster: in the largest centres it takes as long as the sweeps take for a lap. */
function perSecond({ sent }: FanOutPosition): number {
  return Math.min(MAX_RECONCILES_PER_SECOND, Math.max(RECONCILES_PER_SECOND, sent / PART_SECONDS));
}

/** @returns how many messages were sent, and where the next part begins; without `from` there is none. */
async function sendPart(
  message: FanOut,
  position: FanOutPosition,
  { contacts, outbox, clock }: FanOutPorts,
  select: Selection,
): Promise<{ sent: number; from: string | undefined }> {
  const startedAt = clock.now();
  const rate = perSecond(position);
  const max = message.type === 'reevaluate' ? rate * PART_SECONDS : SIGNALS_PER_PART;
  const queueArn = message.queueArn && withoutAgent(message.queueArn);
  let sent = 0;
  let from: string | undefined;
  for await (const page of contacts.queued(queueArn, position.from)) {
    if (message.type === 'reevaluate') {
      const selected = await select(page.contacts);
      const now = clock.now();
      const wakeUps = selected.map((key, index) => staggeredWakeUp(key, sent + index, now, rate));
      await outbox.sendWakeUps(wakeUps);
      sent += selected.length;
    } else {
      const ttl = remaining(message, clock.now());
      if (ttl === 'expired') return { sent, from: undefined };
      // Copies of a signal share the lane of the signal: a flood of them delays no wake-up.
      await outbox.sendSignals(page.contacts.map((key) => signalOn(key, message, ttl)));
      sent += page.contacts.length;
    }
    from = page.next;
    if (sent >= max || clock.now() - startedAt >= MAX_PART_MS) break;
  }
  return { sent, from };
}

/** Sends the message for the next part, if there is one, through the queue that takes the message itself. */
async function sendNext(
  message: FanOut,
  { part, from }: FanOutPosition,
  delaySeconds: number,
  { outbox, clock }: FanOutPorts,
): Promise<void> {
  if (from === undefined) return;
  const { id } = message;
  if (message.type === 'reevaluate') {
    const { queueArn, configuration } = message;
    const body =
      queueArn === undefined
        ? defined({ type: 'continue-reevaluate', id, configuration, part })
        : { type: 'reevaluate-queue', id, queueArn, part };
    await outbox.sendWakeUps([{ body, delaySeconds }]);
    return;
  }
  const { queueArn, signal } = message;
  const ttl = remaining(message, clock.now());
  if (ttl === 'expired') return;
  const body = defined({ type: 'continue-signal', id, queueArn, signal, ttl, part });
  await outbox.sendSignals([{ body, delaySeconds }]);
}

/** How long a signal holds from now on, as a duration; undefined: until its contact ends. */
function remaining({ until }: QueueSignal, now: number): string | 'expired' | undefined {
  if (until === undefined) return undefined;
  const seconds = Math.ceil((until - now) / 1_000);
  return seconds > 0 ? `${seconds}s` : 'expired';
}

/** The signal on one contact of the queue. */
function signalOn(
  { instanceId, contactId }: ContactKey,
  { id, queueArn, signal }: QueueSignal,
  ttl: string | undefined,
): OutgoingMessage {
  const body = { type: 'signal-of-queue', id: `${id}:${contactId}`, queueArn, signal, instanceId, contactId };
  return { body: { ...body, ...defined({ ttl }) }, delaySeconds: 0 };
}
