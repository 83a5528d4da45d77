import { formatSpan } from '../../lambda/domain/duration.ts';
import type { Calibration, FittedStream, Handling } from './calibration.ts';
import type { Collected } from './collector.ts';
import { SAMPLE_SIZE } from './sample.ts';
import { isManyDays } from './scenario-text.ts';
import type { Profile } from './staff.ts';
import { streamNames } from './stream-names.ts';
import { WEEK_SLOTS } from './week.ts';

/** What a reader should know before trusting a calibration: one sentence each, the gravest first. */
export function doubtsAbout(collected: Collected, calibration: Calibration): string[] {
  const { streams, profiles, dayVariation, afterContactWork } = calibration;
  const names = streamNames(streams);
  const unseen = profiles[0]?.atWork.filter((count) => count === undefined).length ?? 0;
  return [
    doubtAboutAgents(profiles),
    ...(isManyDays(collected) && unseen > 0 && unseen < WEEK_SLOTS
      ? [
          `The recording has no ${formatSpan(unseen * 1_800)} of the week: there the mean of the other days is taken.`,
        ]
      : []),
    ...streams.flatMap((stream, index) =>
      doubtsOfStream(stream).map((doubt) => `${names[index] ?? ''}: ${doubt}`),
    ),
    ...(dayVariation
      ? []
      : [
          'Too few days of one kind to see how much whole days differ: the scenario has days that are alike.',
        ]),
    ...(afterContactWork
      ? afterContactWork.isFromEvents
        ? []
        : [
            'No event says when after-contact work ended: it is taken from the gaps before contacts that had waited.',
          ]
      : ['After-contact work is not known: the scenario has 10 s.']),
    ...(collected.knowsCustomers
      ? []
      : ['Events do not say which customers call again: redials are part of the arrivals.']),
    'Events do not say which priority or age flows set before the queue: where yours do, add routing to the streams.',
    ...(collected.streams.some(({ waits }) => waits.seen > waits.values.length)
      ? [
          `Some streams have more than ${SAMPLE_SIZE.toLocaleString('en')} contacts: waits and handling were fitted to so many of them, chosen at random.`,
        ]
      : []),
    ...(collected.moved > 0
      ? [
          `Flows moved ${collected.moved} contacts to another queue while they waited; here they stay in the first one.`,
        ]
      : []),
    ...(collected.withoutEnd > 0
      ? [`The end of ${collected.withoutEnd} contacts is not in the recording.`]
      : []),
  ];
}

function doubtAboutAgents(profiles: readonly Profile[]): string {
  if (profiles.length === 0)
    return 'No event names an agent, so nobody answers in this scenario: write the agents yourself.';
  if (profiles.some(({ isFromRoster }) => isFromRoster))
    return 'The roster says how many agents are on shift, and events do not say whether they were: compare both.';
  return (
    'Agents who were idle for more than 45 minutes are not seen, nor which queues come first for an agent: ' +
    'compare the numbers with your roster.'
  );
}

function doubtsOfStream({ patience, handling, transfers }: FittedStream): string[] {
  const { fit, abandoned } = patience;
  return [
    ...(fit
      ? fit.shareBeyond > 0.2
        ? [
            `${percent(fit.shareBeyond)} would wait for longer than ${formatSpan(fit.longestSeconds)}, the longest wait seen: ` +
              'beyond it, patience is only extrapolated.',
          ]
        : []
      : [
          abandoned === 0
            ? 'nobody abandoned, so patience is not known: customers wait until they are answered.'
            : `only ${abandoned} abandoned, so patience is not known: customers wait until they are answered.`,
        ]),
    ...doubtsOfHandling(handling, 'handling'),
    ...transfers.flatMap(({ queueId, handling: second }) =>
      doubtsOfHandling(second, `handling after a transfer to ${queueId}`),
    ),
  ];
}

function doubtsOfHandling({ peaks, values, fit, count }: Handling, what: string): string[] {
  if (peaks) {
    const [short, long] = peaks.medianSeconds.map(formatSpan);
    return [
      `${what} has two peaks, at ${short} (${percent(peaks.share)}) and ${long}: two kinds of contacts share this stream.`,
    ];
  }
  if (!fit) return [`${what}: too few contacts for a distribution (${count}).`];
  return values
    ? [`${what} is not log-normal (distance ${fit.distance.toFixed(2)}): its values are listed.`]
    : [];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
