import type { ContactKey } from '../../domain/contact/contact-key.ts';
import { parseNotification } from '../../domain/messages/notification.ts';
import { originalMessage } from '../../domain/messages/original-message.ts';
import { MalformedMessageError } from '../../domain/messages/rule-message.ts';
import type { DeadLetters, ReceivedMessage, Telemetry } from '../ports.ts';

/** What malformed notifications need from outside. */
export interface NotificationPorts {
  readonly deadLetters: DeadLetters;
  readonly telemetry: Pick<Telemetry, 'malformedMessage' | 'messageFailed'>;
}

/** A message that names no contact, and why. */
interface MalformedNotification {
  readonly message: ReceivedMessage;
  readonly error: MalformedMessageError;
}

/** The contacts that messages name, and the messages that name none. */
export function readNotifications(messages: readonly ReceivedMessage[]): {
  readonly named: readonly ContactKey[];
  readonly malformed: readonly MalformedNotification[];
} {
  const named: ContactKey[] = [];
  const malformed: MalformedNotification[] = [];
  for (const message of messages) {
    try {
      named.push(parseNotification(message.body));
    } catch (error) {
      if (!(error instanceof MalformedMessageError)) throw error;
      malformed.push({ message, error });
    }
  }
  return { named, malformed };
}

/**
 * Puts malformed messages into the dead-letter queue, each with its error.
 *
 * @returns the ids of those that could not be put there: they must be delivered again.
 */
export async function setAside(
  malformed: readonly MalformedNotification[],
  { deadLetters, telemetry }: NotificationPorts,
): Promise<string[]> {
  const failed = await Promise.all(
    malformed.map(async ({ message, error }) => {
      const { messageId, body } = message;
      const original = originalMessage(message, (name) => message.attribute(name));
      try {
        await deadLetters.send(body, original, error);
        telemetry.malformedMessage(messageId, error);
        return [];
      } catch (failure) {
        telemetry.messageFailed(messageId, failure);
        return [messageId];
      }
    }),
  );
  return failed.flat();
}
