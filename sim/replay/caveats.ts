import { asksForAgents, type Condition } from '../../lambda/domain/condition/condition.ts';
import { formatDuration } from '../../lambda/domain/duration.ts';
import { queueStateKey } from '../../lambda/domain/queue/queue-state.ts';
import type { NamedConfiguration } from './named-configuration.ts';
import { formatWithoutQueue } from './none-waited.ts';
import type { ReplayRecorder } from './replay-recorder.ts';
import type { RecordingResult } from './result.ts';

/**
 * The assumptions and limits of a replay, in sentences, which readers need to interpret the figures.
 *
 * @param queueIds - the ids of the queues in which contacts waited.
 */
export function caveatsOf(
  recording: RecordingResult,
  sets: readonly (NamedConfiguration & { readonly recorder: ReplayRecorder })[],
  queueIds: ReadonlySet<string>,
): string[] {
  const {
    stillWaiting,
    unobservedWaits,
    lateEnds,
    problems,
    withoutQueue = 0,
    testEvents = 0,
    replayedEvents = 0,
  } = recording;
  return [
    'Contacts wait as long as they did in the recording: a replay shows which changes the policies would have made, not how ' +
      'waits would have changed. A contact that overtakes another is likely to be served first, but not certain to be.',
    'Events contain neither the priority nor the age that a flow set: the replay assumes Connect’s defaults, priority 5 ' +
      'and age 0.',
    ...(stillWaiting > 0
      ? [
          `${formatContacts(stillWaiting)} ${stillWaiting === 1 ? 'has' : 'have'} no recorded end of the wait: the replay assumes ` +
            'that the wait lasts to the end of the recording.',
        ]
      : []),
    ...(unobservedWaits > 0
      ? [
          `${formatContacts(unobservedWaits)} left a queue without an earlier event in the recording, so the policies could not act.`,
        ]
      : []),
    ...(withoutQueue > 0
      ? [
          `${formatWithoutQueue(withoutQueue)}: ${withoutQueue === 1 ? 'it does' : 'they do'} not count as waiting.`,
        ]
      : []),
    ...(lateEnds > 0
      ? [
          `The end of ${lateEnds === 1 ? 'one wait' : `${lateEnds} waits`} is recorded late, by a later event: the replay ` +
            'assumes that the contact waits until then.',
        ]
      : []),
    ...(testEvents > 0
      ? [
          `${formatEvents(testEvents)} left out, of contacts of Connect’s own tests: the setting testContacts: true includes them.`,
        ]
      : []),
    ...(replayedEvents > 0
      ? [`${formatEvents(replayedEvents)} left out, of an archive that was replayed (replay-name).`]
      : []),
    ...(problems > 0 ? [`${problems} ${problems === 1 ? 'entry' : 'entries'} could not be read.`] : []),
    ...conditionCaveats(
      sets.flatMap(({ configuration }) => configuration.conditions ?? []),
      queueIds,
    ),
    ...sets.flatMap((set) => caveatsOfSet(set)),
  ];
}

/** @param conditions - those of all sets. */
function conditionCaveats(conditions: readonly Condition[], queueIds: ReadonlySet<string>): string[] {
  if (conditions.length === 0) return [];
  const onAgents = unique(conditions.filter(asksForAgents).map(({ name }) => name));
  const queues = unique(conditions.flatMap((condition) => condition.queues ?? []));
  const unknown = queues.filter((queue) => !queueIds.has(queueStateKey(queue)));
  return [
    'Conditions see the contacts that wait according to the recording: those that waited before it began are missing, and ' +
      'no escalation makes a queue shorter.',
    ...(onAgents.length > 0
      ? [
          `A recording does not say which agents are logged in or free. What conditions ask of them (${onAgents.join(', ')}) counts ` +
            'as not met, both where a condition begins and where it ends by it.',
        ]
      : []),
    ...(unknown.length > 0
      ? [
          `Conditions name queues in which no contact of the recording waited: ${unknown.join(', ')}. Events have no names ` +
            'of queues: with a name, the condition holds nowhere. Write the ARN or the id to replay it.',
        ]
      : []),
  ];
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

function caveatsOfSet({
  name,
  configuration,
  recorder,
}: NamedConfiguration & { readonly recorder: ReplayRecorder }): string[] {
  const { settings, policies } = configuration;
  const contactCount = recorder.contactsNeedingAttributes.size;
  const observing = policies.policies.filter(({ mode }) => mode === 'observe').map((policy) => policy.name);
  return [
    ...(contactCount > 0
      ? [
          `${name}: the policies match on attributes (${policies.attributeNames.join(', ')}) of ${formatContacts(contactCount)}; ` +
            'events do not contain attributes, so the replay assumes that there are none.',
        ]
      : []),
    ...(policies.policies.some(({ mode, target }) => mode === 'enforce' && target !== undefined)
      ? [
          `${name}: whether contacts were answered within a target is counted by the recorded waits, which the policies did not shorten.`,
        ]
      : []),
    ...(policies.namesQueues
      ? [
          `${name}: the policies match on queue.name; events do not name queues, so the replay assumes that they have no names.`,
        ]
      : []),
    ...(observing.length > 0
      ? [
          `${name}: ${observing.join(', ')} ${observing.length === 1 ? 'is' : 'are'} in mode observe and ` +
            'would have made the calls that the table of policies shows, beyond all other figures.',
        ]
      : []),
    ...(settings.pause ? [`${name}: its settings have pause: true, so it makes no calls.`] : []),
    ...(settings.routingLagSeconds === 60
      ? []
      : [
          `${name}: a change takes effect after ${formatDuration(settings.routingLagSeconds)}, by its settings.`,
        ]),
  ];
}

function formatEvents(count: number): string {
  return count === 1 ? '1 event is' : `${count} events are`;
}

function formatContacts(count: number): string {
  return `${count} contact${count === 1 ? '' : 's'}`;
}
