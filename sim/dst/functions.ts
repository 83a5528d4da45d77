import type { ContactKey } from '../../lambda/domain/contact.ts';
import { parseContactEvent } from '../../lambda/domain/contact-event.ts';
import { MalformedMessageError, parseRuleMessage } from '../../lambda/domain/rule-message.ts';
import { drain } from '../../lambda/flow/drain.ts';
import { takeEvent } from '../../lambda/flow/take-event.ts';
import { takeMessage } from '../../lambda/flow/take-message.ts';
import type { Message } from '../virtual/message.ts';
import type { ProcessPorts } from './ports.ts';
import type { Process } from './process.ts';

/** Milliseconds that an invocation may take. */
export const TIMEOUT_MS = {
  contactEvents: 30_000,
  ruleMessages: 30_000,
  dispatch: 60_000,
  sweep: 50_000,
} as const;

/** Dispatch begins no round in the last part of its time. */
const RESERVED_MS = 15_000;

/** What contact-events does. */
export async function handleEvent(event: unknown, ports: ProcessPorts): Promise<void> {
  await takeEvent(parseContactEvent(event).facts, ports);
}

/** What rule-messages does with one message. @returns the error of a malformed one. */
export async function handleMessage(
  message: Message<string>,
  ports: ProcessPorts,
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

/** What dispatch does with a batch. */
export async function handleKicks(
  named: readonly ContactKey[],
  ports: ProcessPorts,
  process: Process,
): Promise<void> {
  const endsAt = process.now + TIMEOUT_MS.dispatch;
  const connect = ports.connect(() => endsAt - process.now);
  await drain(named, { ...ports, connect }, endsAt - RESERVED_MS);
}
