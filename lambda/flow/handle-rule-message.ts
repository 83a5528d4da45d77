import { defined } from '../domain/json.ts';
import { originalMessage } from '../domain/messages/original-message.ts';
import { parseRuleMessage } from '../domain/messages/parse.ts';
import { retryDelaySeconds } from '../domain/messages/retry-delay.ts';
import { MalformedMessageError, type ResyncAll, type RuleMessage } from '../domain/messages/rule-message.ts';
import type { OrderLine } from '../domain/outgoing-events/lines.ts';
import { concernedContacts } from './concerned.ts';
import { type FanOutPorts, fanOut } from './fan-out.ts';
import { applyContactEvent, type ContactEventPorts } from './handle-contact-event.ts';
import { type RunSerialized, serializeByContact } from './keyed-queue.ts';
import { type PollPorts, pollQueues } from './poll-queues.ts';
import type {
  Configuration,
  DeliveredMessage,
  LoadMetrics,
  MessageSource,
  Outbox,
  QueueStateStore,
  ReceivedMessage,
  SignalOutbox,
  Telemetry,
} from './ports.ts';
import { lookUpQueueName, type QueueNamePorts } from './queue-names.ts';
import { keepSignal } from './queue-state.ts';
import type { ReconcilePorts } from './reconcile.ts';
import { reconcileMessage } from './reconcile-message.ts';
import { readStaffing, type StaffingPorts } from './staffing.ts';

/** What rule messages need from outside. */
export interface RuleMessagePorts extends ReconcilePorts, Pick<FanOutPorts, 'fanOuts'> {
  readonly outbox: Outbox & SignalOutbox;
  readonly queueStates: QueueStateStore;
  readonly metrics: LoadMetrics;
  readonly telemetry: ContactEventPorts['telemetry'] &
    Pick<
      Telemetry,
      'malformedMessage' | 'messageFailed' | 'loadUnreadable' | 'queueNameUnreadable' | 'staffingUnreadable'
    >;
}

/**
 * What the function rule-messages does with a batch, which comes from one queue: reconciles the contact of each message.
 * Messages of different contacts run side by side, those of one contact one after the other.
 *
 * @returns a function that handles one message of the batch. It rejects when the message must be delivered again, once
 *   the cause is reported and the delay is set; a message that cannot be parsed, or that its queue does not take, goes
 *   to the dead-letter queue at once, with its error.
 */
export function startBatch(
  ports: RuleMessagePorts,
  source: MessageSource,
): (message: DeliveredMessage) => Promise<void> {
  const runSerialized = serializeByContact();
  let configuration: Promise<Configuration> | undefined;
  return async (message) => {
    try {
      configuration ??= ports.configuration();
      await handleMessage(message, await configuration, ports, source, runSerialized);
    } catch (error) {
      // The batch reports only that the message failed.
      ports.telemetry.messageFailed(message.messageId, error);
      await retrySoon(message, source);
      throw error;
    }
  };
}

/** Where the delay cannot be set either, the message comes back after the visibility timeout. */
async function retrySoon(message: DeliveredMessage, { retryAfter }: MessageSource): Promise<void> {
  const { messageId, receiveCount } = message;
  await retryAfter(message, retryDelaySeconds(messageId, receiveCount)).catch(() => {});
}

async function handleMessage(
  received: ReceivedMessage,
  configuration: Configuration,
  ports: RuleMessagePorts,
  { queue, deadLetters }: MessageSource,
  runSerialized: RunSerialized,
): Promise<void> {
  const { messageId, senderId: sender, body } = received;
  const instances = configuration.settings.instances ?? ports.instances;
  const original = originalMessage(received, (name) => received.attribute(name));
  const originalSender = original.senderId === sender ? undefined : original.senderId;
  let messages: readonly RuleMessage[];
  try {
    messages = parseRuleMessage(body, {
      ...original,
      instances,
      deployedInstances: ports.instances,
      queue,
      region: ports.region,
      ...defined({ sender, originalSender }),
    });
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    await deadLetters.send(body, original, error);
    ports.telemetry.malformedMessage(messageId, error, sender);
    return;
  }
  for (const message of messages) {
    const act = () => applyRuleMessage(message, configuration, ports);
    if ('contactId' in message) await runSerialized(message, act);
    else await act();
    const order = queue === 'OperatorMessages' ? orderOf(message) : undefined;
    if (order) {
      ports.telemetry.ordered({
        ...order,
        ...defined({ sender, originalSender }),
        messageId: original.messageId,
        sentAt: new Date(original.sentAt).toISOString(),
      });
    }
  }
}

/** What an operator ordered that no record reports. */
function orderOf(message: RuleMessage): Pick<OrderLine, 'order' | 'contactId' | 'instanceId'> | undefined {
  switch (message.type) {
    case 'reevaluate':
      return { order: message.type };
    case 'adopt':
    case 'contact-event': {
      const { type, contactId, instanceId } = message;
      return { order: type, contactId, instanceId };
    }
    default:
      return undefined;
  }
}

/** Applies a message about one contact to its record; a message for many contacts becomes one message for each. */
export async function applyRuleMessage(
  message: RuleMessage,
  configuration: Configuration,
  ports: ContactEventPorts &
    Pick<RuleMessagePorts, 'fanOuts'> &
    PollPorts &
    QueueNamePorts &
    StaffingPorts & { readonly outbox: SignalOutbox },
): Promise<void> {
  switch (message.type) {
    case 'reevaluate':
      if (isSuperseded(message, configuration)) return;
      await fanOut(message, ports, async (contacts) =>
        isFollowedBy(configuration, message) || message.queueArn !== undefined
          ? concernedContacts(contacts, configuration, ports)
          : contacts,
      );
      return;
    case 'queue-signal':
      // Before its copies are sent: a contact that enters the queue meanwhile finds it there.
      if (!message.part) await keepSignal(message, configuration.policies, ports);
      await fanOut(message, ports);
      return;
    case 'poll':
      await pollQueues(message.at, configuration, ports);
      return;
    case 'queue-name':
      await lookUpQueueName(message, configuration, ports);
      return;
    case 'staffing':
      await readStaffing(message, configuration, ports);
      return;
    case 'contact-event':
      await applyContactEvent(message, configuration, ports);
      return;
    case 'replayed-rule-event':
      ports.telemetry.eventLeftOut('replay');
      return;
    default:
      await reconcileMessage(message, configuration, ports);
  }
}

/** Of several changes in a row, and of several compilers of one change, only the last has all contacts reconciled. */
function isSuperseded({ configuration: from }: ResyncAll, { decisions }: Configuration): boolean {
  if (!from || !decisions) return false;
  return (
    decisions.revision > from.revision || (decisions.revision === from.revision && decisions.id !== from.id)
  );
}

/**
 * Whether the message follows the configuration that this function has: only then is it known which contacts the
 * change concerns. What people order concerns all.
 */
function isFollowedBy({ decisions }: Configuration, { configuration: from }: ResyncAll): boolean {
  // Where another compiler published the same revision, the message is superseded, and nobody asks here.
  return from !== undefined && decisions?.revision === from.revision;
}
