import type { QueueNameRequest } from '../domain/messages/rule-message.ts';
import { isNameDue, RETRY_NAME_SECONDS, withName } from '../domain/queue/queue-name.ts';
import { queueStateKey } from '../domain/queue/queue-state.ts';
import type { Configuration, ContactStore, LoadMetrics, OutgoingMessage, Telemetry } from './ports.ts';
import { type ChangeQueuePorts, changeQueueState } from './queue-state.ts';

/** What a look-up of a queue's name needs from outside. */
export interface QueueNamePorts extends ChangeQueuePorts {
  readonly contacts: Pick<ContactStore, 'queued'>;
  readonly metrics: Pick<LoadMetrics, 'queueNames'>;
  readonly telemetry: Pick<Telemetry, 'queueNameUnreadable'>;
}

type NamedQueue = Pick<QueueNameRequest, 'instanceId' | 'queueArn'>;

/** The message that has the name of a queue looked up, by the one function that may ask Connect for it. */
export function nameRequest({ instanceId, queueArn }: NamedQueue, delaySeconds = 0): OutgoingMessage {
  return { body: { type: 'queue-name', instanceId, queueArn }, delaySeconds };
}

/**
 * Looks up the name of a queue, where it is due and some policy names it, and has the contacts reconciled that wait there
 * if it is news to them. Of several messages about one queue, the first one looks it up. While the kill switch is on it
 * does nothing: when that ends, those who wait for a name are reconciled.
 *
 * Where Connect does not answer, the look-up is repeated after half a minute, as long as contacts wait there.
 *
 * @throws what the table answers.
 */
export async function lookUpQueueName(
  { instanceId, queueArn }: NamedQueue,
  { policies, settings }: Pick<Configuration, 'policies' | 'settings'>,
  ports: QueueNamePorts,
): Promise<void> {
  const { queueStates, clock, metrics, telemetry, outbox } = ports;
  const id = queueStateKey(queueArn);
  if (!policies.namesQueues || settings.pause) return;
  if (!isNameDue(queueArn, (await queueStates.load(queueArn)).state, clock.now())) return;
  let value: string | undefined;
  try {
    value = (await metrics.queueNames(instanceId, id)).get(id);
  } catch (error) {
    telemetry.queueNameUnreadable(queueArn, error);
    await changeQueueState(
      queueArn,
      (state, now) => ({ ...state, nameFailedAt: now }),
      () => [],
      ports,
    );
    if (await hasContacts(queueArn, ports)) {
      await outbox.sendWakeUps([nameRequest({ instanceId, queueArn }, RETRY_NAME_SECONDS + 1)]);
    }
    return;
  }
  await changeQueueState(
    queueArn,
    (state, now) => withName(state, value, now),
    ({ name: before }, { name: after }) => (before && before.value === after?.value ? [] : [queueArn]),
    ports,
  );
}

async function hasContacts(queueArn: string, { contacts }: QueueNamePorts): Promise<boolean> {
  for await (const page of contacts.queued(queueArn)) {
    if (page.contacts.length > 0) return true;
  }
  return false;
}
