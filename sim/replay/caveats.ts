import { formatDuration } from '../../lambda/domain/duration.ts';
import type { NamedConfiguration } from './replay.ts';
import type { ReplayRecorder } from './replay-recorder.ts';
import type { RecordingResult } from './result.ts';

/** What was taken for granted, and what was guessed: a reader must know it to judge the figures. */
export function caveatsOf(
  recording: RecordingResult,
  sets: readonly (NamedConfiguration & { readonly recorder: ReplayRecorder })[],
): string[] {
  const { stillWaiting, unobservedWaits: unseenWaits, lateEnds: toldLate, problems } = recording;
  return [
    'The contacts wait as they were recorded to: this tells what would have been changed, not how much shorter or ' +
      'longer anybody would have waited. That who overtakes is served first is likely, and not certain.',
    'Events have neither the priority nor the age that a flow set: every contact is taken to begin with Connect’s ' +
      'defaults, priority 5 and age 0.',
    ...(stillWaiting > 0
      ? [
          `${formatContacts(stillWaiting)} ${stillWaiting === 1 ? 'has' : 'have'} no recorded end of the wait: taken to wait ` +
            'until the recording ends.',
        ]
      : []),
    ...(unseenWaits > 0
      ? [
          `${formatContacts(unseenWaits)} left a queue with no event recorded from before: nothing could be done for ` +
            `${unseenWaits === 1 ? 'it' : 'them'}.`,
        ]
      : []),
    ...(toldLate > 0
      ? [
          `The end of ${toldLate === 1 ? 'one wait' : `${toldLate} waits`} is only told by a later event: until that, the ` +
            'contact is taken to wait.',
        ]
      : []),
    ...(problems > 0 ? [`${problems} ${problems === 1 ? 'entry' : 'entries'} could not be used.`] : []),
    ...sets.flatMap((set) => caveatsOfSet(set)),
  ];
}

function caveatsOfSet({
  name,
  configuration,
  recorder,
}: NamedConfiguration & { readonly recorder: ReplayRecorder }): string[] {
  const { settings, policies } = configuration;
  const asked = recorder.contactsNeedingAttributes.size;
  const observing = policies.policies.filter(({ mode }) => mode === 'observe').map((policy) => policy.name);
  return [
    ...(asked > 0
      ? [
          `${name}: ${formatContacts(asked)} may have attributes (${policies.attributeNames.join(', ')}) that policies ask for; ` +
            'events do not have them, so they are taken to have none.',
        ]
      : []),
    ...(observing.length > 0
      ? [
          `${name}: ${observing.join(', ')} ${observing.length === 1 ? 'only observes and changes' : 'only observe and change'} nothing.`,
        ]
      : []),
    ...(settings.pause ? [`${name}: its settings have pause: true, so nothing is called.`] : []),
    ...(settings.routingLagSeconds === 60
      ? []
      : [
          `${name}: a change shows after ${formatDuration(settings.routingLagSeconds)}, as its settings say.`,
        ]),
  ];
}

function formatContacts(count: number): string {
  return `${count} contact${count === 1 ? '' : 's'}`;
}
