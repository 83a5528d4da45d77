import Table from 'cli-table3';
import { formatSpan } from '../../lambda/domain/duration.ts';
import { type Calibration, type FittedStream, LEAST_CONTACTS } from '../../sim/calibration/calibration.ts';
import type { Collected } from '../../sim/calibration/collector.ts';
import type { Fitted } from '../../sim/calibration/parameter.ts';
import { streamNames } from '../../sim/calibration/stream-names.ts';
import { formatTime, plural } from '../format.ts';

/** What was fitted, as a table, and what a reader should know before trusting it. */
export function formatSummary(
  { streams, leftOut, profiles, dayVariation, afterContactWork }: Calibration,
  { contacts, startsAt, endsAt }: Collected,
  doubts: readonly string[],
  timezone: string,
): string {
  const names = streamNames(streams);
  const table = new Table({
    head: ['stream', 'contacts', 'a day', 'handling', 'patience', 'hang up at once', 'call again'],
    style: { head: [], border: [] },
  });
  table.push(...streams.map((stream, index) => row(stream, names[index] ?? '')));
  const agents = profiles.reduce((sum, profile) => sum + profile.agents, 0);
  return [
    `${plural(contacts, 'contact')} from ${formatTime(startsAt)} to ${formatTime(endsAt)}, by the clocks of ${timezone}.`,
    'In brackets are intervals of 95 % confidence.',
    table.toString(),
    `Agents seen: ${agents} with ${plural(profiles.length, 'routing profile')}.`,
    `After-contact work: ${afterContactWork ? seconds(afterContactWork.mean) : 'not known'}.`,
    `Whole days differ by ${dayVariation ? `${share(dayVariation)} beyond chance` : 'an unknown amount'}.`,
    ...(leftOut.streams > 0
      ? [
          `Left out: ${plural(leftOut.streams, 'stream')} of fewer than ${LEAST_CONTACTS} contacts, ${leftOut.contacts} in all.`,
        ]
      : []),
    ...(doubts.length > 0 ? ['', 'Before you trust it:', ...doubts.map((doubt) => `- ${doubt}`)] : []),
    '',
  ].join('\n');
}

function row({ contacts, arrivals, handling, patience, redial }: FittedStream, name: string): string[] {
  const { perDay } = arrivals;
  return [
    name,
    String(contacts),
    perDay ? `${perDay.value.toFixed(0)} (${perDay.low.toFixed(0)} to ${perDay.high.toFixed(0)})` : '-',
    handling.fit && !handling.values
      ? seconds(handling.fit.meanSeconds)
      : `${formatSpan(handling.mean)}, listed`,
    patience.fit ? seconds(patience.fit.meanSeconds) : 'not known',
    patience.hangUps.low > 0 ? share(patience.hangUps) : '-',
    redial ? share(redial.probability) : '-',
  ];
}

function seconds({ value, low, high }: Fitted): string {
  return `${formatSpan(value)} (${formatSpan(low)} to ${formatSpan(high)})`;
}

function share({ value, low, high }: Fitted): string {
  const percent = (one: number) => (one * 100).toFixed(1);
  return `${percent(value)} % (${percent(low)} to ${percent(high)})`;
}
