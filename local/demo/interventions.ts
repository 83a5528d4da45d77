import type { ContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import { parseRuleMessage } from '../../lambda/domain/messages/parse.ts';
import { MalformedMessageError, type RuleMessage } from '../../lambda/domain/messages/rule-message.ts';
import { queueStateKey } from '../../lambda/domain/queue/queue-state.ts';
import { DEMO_SIGNAL_ID } from './arrivals.ts';
import { INSTANCE } from './centre-config.ts';
import type { Visit } from './visits.ts';

/** The queues that people and other systems send to. The system itself has others. */
const OPEN_QUEUES = ['RuleMessages', 'OperatorMessages'] as const;

/** What people and other systems did to contacts during the demo: signals, overrides, releases and events. */
export class Interventions {
  readonly #contacts = new Set<string>();
  /** By the key of the queue: when a signal was sent to it first, in milliseconds since the epoch. */
  readonly #queues = new Map<string, number>();

  /** Records a message that is sent to SQS. */
  readonly onMessage = (queueUrl: string, body: string): void => {
    const queue = OPEN_QUEUES.find((name) => queueUrl.endsWith(`/${name}`));
    if (!queue) return;
    const sentAt = Date.now();
    const metadata = { messageId: 'observed', sentAt, instances: [INSTANCE.id], queue };
    for (const message of parsed(body, metadata)) {
      if (message.type === 'queue-signal') this.#touchQueue(message.queueArn, sentAt);
      else if ('contactId' in message && !('id' in message && message.id.startsWith(DEMO_SIGNAL_ID))) {
        this.#contacts.add(message.contactId);
      }
    }
  };

  /** Records an event about a contact that the centre did not publish. */
  readonly onForeignEvent = (contactId: ContactEvent['facts']['contactId']): void => {
    this.#contacts.add(contactId);
  };

  /** Whether somebody changed a contact, its predecessor, or all contacts of its queue while it waited. */
  touched({ facts, queueArn, exit }: Visit): boolean {
    const { contactId, previousContactId } = facts;
    if (this.#contacts.has(contactId)) return true;
    if (previousContactId !== undefined && this.#contacts.has(previousContactId)) return true;
    const at = this.#queues.get(queueStateKey(queueArn));
    return at !== undefined && at < (exit?.at ?? Number.POSITIVE_INFINITY);
  }

  #touchQueue(queueArn: string, at: number): void {
    const key = queueStateKey(queueArn);
    if (!this.#queues.has(key)) this.#queues.set(key, at);
  }
}

/** The messages of a body; none of a body that nobody understands, since the system does nothing about it either. */
function parsed(body: string, metadata: Parameters<typeof parseRuleMessage>[1]): RuleMessage[] {
  try {
    return parseRuleMessage(body, metadata);
  } catch (error) {
    if (error instanceof MalformedMessageError) return [];
    throw error;
  }
}
