import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { ContactMessage } from '../../lambda/domain/messages/rule-message.ts';
import type { PlanContext } from '../../lambda/domain/reconcile/plan.ts';
import type { RoutingUpdate } from '../../lambda/domain/routing/routing.ts';
import { type DispatchEnd, dispatchPending } from '../../lambda/flow/dispatch/dispatch.ts';
import { reconcileFacts } from '../../lambda/flow/handle-contact-event.ts';
import type { OutgoingMessage } from '../../lambda/flow/ports.ts';
import { reconcileMessage } from '../../lambda/flow/reconcile-message.ts';
import { context, INSTANCE, KEY, queuedContact, T0 } from './contacts.ts';
import { MemoryPorts } from './memory-ports.ts';

/* What the tests of the flow do with a system in memory. */

/** A policy that sets priority 2 at once. */
export const PRIORITY_2 = { all: { steps: [{ after: '0s', set: { priority: 2 } }] } };

/** Enough time for all rounds, and a bound that a dispatch without end would reach. */
export const DISPATCH_MS = 60_000;

/** An event of a contact that waits; without more, of the contact {@link KEY} as it is queued. */
export function enqueue(
  memory: MemoryPorts,
  contactId: string = KEY.contactId,
  facts: Partial<ContactFacts> = {},
): Promise<ContactRecord> {
  const queued = { ...(queuedContact().facts as ContactFacts), contactId, ...facts };
  return reconcileFacts(queued, memory.configuration, memory.reconcilePorts);
}

/** A system with full buckets and one contact whose change is due. */
export async function withPendingChange(
  given: PlanContext = context(PRIORITY_2),
  facts: Partial<ContactFacts> = {},
): Promise<MemoryPorts> {
  const memory = new MemoryPorts(given);
  memory.fillQuota();
  await enqueue(memory, KEY.contactId, facts);
  return memory;
}

/** Makes the update of a contact one that was in flight when a process ended. */
export function leaveInFlight(memory: MemoryPorts, contactId: string, since = T0): void {
  const stored = memory.items.get(`${INSTANCE}#${contactId}`);
  if (!stored) throw new TypeError(contactId);
  memory.items.set(`${INSTANCE}#${contactId}`, {
    ...stored,
    record: { ...stored.record, inFlightSince: since },
  });
}

/** Applies a message, to the contact {@link KEY} unless it names another. */
export function receive(
  memory: MemoryPorts,
  message: Partial<ContactMessage> & { readonly type: ContactMessage['type'] },
): Promise<ContactRecord> {
  const complete = { ...KEY, ...message } as ContactMessage;
  return reconcileMessage(complete, memory.configuration, memory.reconcilePorts);
}

/** Delivers a wake-up that the system sent. */
export function deliverWakeUp(memory: MemoryPorts, { body }: OutgoingMessage): Promise<ContactRecord> {
  const { instanceId, contactId, wakeAt } = body as Record<string, string>;
  return receive(memory, { type: 'wake', instanceId, contactId, wakeAt: Date.parse(String(wakeAt)) });
}

/** Lets the time pass until the wake-up that was sent last, and delivers it. */
export async function deliverLastWakeUp(memory: MemoryPorts): Promise<void> {
  const last = memory.sent.at(-1);
  if (!last) throw new TypeError('No wake-up was sent.');
  memory.now += last.delaySeconds * 1_000;
  await deliverWakeUp(memory, last);
}

/** Runs dispatch until it ends. */
export function dispatchAll(memory: MemoryPorts, named = [KEY]): Promise<DispatchEnd> {
  return dispatchPending(named, memory.dispatchPorts, memory.now + DISPATCH_MS);
}

/** The requests that Connect got. */
export function sentUpdates(memory: MemoryPorts): RoutingUpdate[] {
  return memory.calls.map(({ call }) => call.update);
}
