import type { RecordingResult } from './result.ts';

/** Why no contact of a recording waited, as far as its events tell: a part of a sentence. */
export function whyNoneWaited(recording: RecordingResult): string {
  const { queuedEvents, withoutQueue = 0, unobservedWaits, testEvents = 0, replayedEvents = 0 } = recording;
  const reasons = [
    ...(withoutQueue > 0 ? [formatWithoutQueue(withoutQueue)] : []),
    ...(unobservedWaits > 0
      ? [`${contacts(unobservedWaits)} left a queue before the first event of it`]
      : []),
    ...(testEvents > 0
      ? [`${events(testEvents)} of Connect’s own tests ${isOrAre(testEvents)} left out`]
      : []),
    ...(replayedEvents > 0
      ? [`${events(replayedEvents)} of a replayed archive ${isOrAre(replayedEvents)} left out`]
      : []),
    ...(queuedEvents === 0 ? ['no event is of type QUEUED'] : []),
  ];
  return reasons.length > 0
    ? reasons.join('; ')
    : 'agents dial its calls, or no event shows a contact while it waits';
}

/** Says of how many QUEUED events the queue is not known. */
export function formatWithoutQueue(count: number): string {
  return `${events(count)} of type QUEUED ${count === 1 ? 'has' : 'have'} no queue (queueInfo with a queueArn)`;
}

function events(count: number): string {
  return `${count} event${count === 1 ? '' : 's'}`;
}

function contacts(count: number): string {
  return `${count} contact${count === 1 ? '' : 's'}`;
}

function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are';
}
