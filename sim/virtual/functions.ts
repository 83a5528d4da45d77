import type { ContactKey } from '../../lambda/domain/contact.ts';
import { parseContactEvent } from '../../lambda/domain/contact-event.ts';
import { MalformedMessageError, parseRuleMessage } from '../../lambda/domain/rule-message.ts';
import { type DrainWorld, drain } from '../../lambda/flow/drain.ts';
import type { FanOutWorld } from '../../lambda/flow/fan-out.ts';
import type { Connect } from '../../lambda/flow/ports.ts';
import type { ReconcileWorld } from '../../lambda/flow/reconcile.ts';
import { takeEvent } from '../../lambda/flow/take-event.ts';
import { takeMessage } from '../../lambda/flow/take-message.ts';
import type { Message } from './message.ts';

/** Milliseconds that an invocation may take. */
export const TIMEOUT_MS = {
  contactEvents: 30_000,
  ruleMessages: 30_000,
  dispatch: 60_000,
  sweep: 50_000,
} as const;

/** How the queues hand over, as the stack has it (lambda/aws/timeouts.ts). */
export const DELIVERY = {
  batchSize: 10,
  maxReceives: 5,
  ruleMessagesHiddenMs: 180_000,
  dispatchHiddenMs: 120_000,
} as const;

/** Dispatch begins no round in the last part of its time. */
const RESERVED_MS = 15_000;

/** What contact-events does. */
export async function handleEvent(event: unknown, ports: ReconcileWorld): Promise<void> {
  await takeEvent(parseContactEvent(event).facts, ports);
}

/** What rule-messages does with one message. @returns the error of a malformed one. */
export async function handleMessage(
  message: Message<string>,
  ports: ReconcileWorld & FanOutWorld,
): Promise<MalformedMessageError | undefined> {
  const { id: messageId, sentAt } = message;
  try {
    for (const told of parseRuleMessage(message.body, { messageId, sentAt, instances: ports.instances })) {
      await takeMessage(told, ports);
    }
    return undefined;
  } catch (error) {
    if (error instanceof MalformedMessageError) return error;
    throw error;
  }
}

/** What dispatch needs: Connect is told how much time is left to the invocation. */
export type DispatchWorld = Omit<DrainWorld, 'connect'> & {
  readonly connect: (remainingMs: () => number) => Connect;
};

/** What dispatch does with a batch. */
export async function handleKicks(named: readonly ContactKey[], ports: DispatchWorld): Promise<void> {
  const endsAt = ports.clock.now() + TIMEOUT_MS.dispatch;
  const connect = ports.connect(() => endsAt - ports.clock.now());
  await drain(named, { ...ports, connect }, endsAt - RESERVED_MS);
}
