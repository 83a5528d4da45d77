import { firstInstantOf } from '../../lambda/domain/calendar/time-zone.ts';
import { formatDuration } from '../../lambda/domain/duration.ts';
import { visibleLine } from '../../lambda/domain/visible-text.ts';
import { WEEKDAYS } from '../scenario/schema.ts';
import type { Calibration, FittedStream, Handling } from './calibration.ts';
import type { Collected } from './collector.ts';
import type { Fitted } from './parameter.ts';
import { type Profile, type Shift, shiftsOf } from './staff.ts';
import { streamNames, tierName } from './stream-names.ts';
import { DAY_SLOTS, slotOf, WEEK_SLOTS, weekdayOf } from './week.ts';

/** What the text says beside what was fitted. */
export interface ScenarioTexts {
  readonly timezone: string;
  readonly tierTags: readonly string[];
  /** The files that were read. */
  readonly files: readonly string[];
  /** As a duration: `60s`. */
  readonly serviceLevel: string;
  /** One sentence each. */
  readonly doubts: readonly string[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A recording of at least so much has days to tell apart. */
const MANY_DAYS_MS = 2 * DAY_MS;

/**
 * Writes a scenario as people read it: each number with what it was fitted to, its 95 % interval and its doubts as
 * comments.
 */
export function scenarioText(calibration: Calibration, collected: Collected, texts: ScenarioTexts): string {
  const { timezone, tierTags, files, serviceLevel, doubts } = texts;
  const { streams } = calibration;
  const names = streamNames(streams);
  const isWeekly = isManyDays(collected);
  const { start, hours } = spanOf(timezone, collected, isWeekly);
  const queues = [
    ...new Set([
      ...streams.flatMap(({ queueId, transfers }) => [queueId, ...transfers.map((one) => one.queueId)]),
      ...calibration.profiles.flatMap((profile) => profile.queues),
    ]),
  ].sort();
  const { dayVariation, afterContactWork } = calibration;
  return [
    `# Fitted by "escalator calibrate" to ${collected.contacts} contacts of ${files.join(', ')},`,
    `# from ${localTime(timezone, collected.startsAt)} to ${localTime(timezone, collected.endsAt)} (${timezone}).`,
    '# Intervals are those of 95 % confidence.',
    ...(doubts.length > 0 ? ['#', '# Before you trust it:', ...doubts.map((doubt) => `# - ${doubt}`)] : []),
    `name: ${quoted(`Calibrated from ${files.join(', ')}`)}`,
    `start: ${start}`,
    `hours: ${hours}`,
    `serviceLevel: ${serviceLevel}`,
    '# A back-test judges by other days than these.',
    fittedLine(timezone, collected),
    '',
    ...(afterContactWork
      ? [
          `# ${inSeconds(afterContactWork.mean)}, from ${afterContactWork.count} ${afterContactWork.isFromEvents ? 'contacts' : 'gaps'}.`,
          `afterContactWork: ${afterContactWorkText(afterContactWork)}`,
        ]
      : []),
    ...(dayVariation && dayVariation.value > 0
      ? [
          `# Whole days differ by ${percent(dayVariation.value)} (${percent(dayVariation.low)} to ${percent(dayVariation.high)}) beyond chance.`,
          `dayVariation: ${rounded(dayVariation.value)}`,
        ]
      : []),
    '',
    `queues: [${queues.map(quoted).join(', ')}]`,
    '',
    'agents:',
    ...calibration.profiles.flatMap((profile, index) => agentLines(profile, index + 1, isWeekly)),
    '',
    'streams:',
    ...streams.flatMap((stream, index) => streamLines(stream, names[index] ?? '', tierTags, isWeekly)),
    '',
  ]
    .map((line) => visibleLine(line))
    .join('\n');
}

/** Whether a recording is long enough to tell days apart. */
export function isManyDays({ startsAt, endsAt }: Pick<Collected, 'startsAt' | 'endsAt'>): boolean {
  return endsAt - startsAt >= MANY_DAYS_MS;
}

/** A week from the first whole day on, or as much of a shorter recording as there is. */
function spanOf(timezone: string, { startsAt, endsAt }: Collected, isWeekly: boolean) {
  const { day, ofDay } = slotOf(timezone, startsAt);
  if (!isWeekly) {
    const from = firstInstantOf(timezone, day * DAY_MS + ofDay * (HOUR_MS / 2));
    return {
      start: isoStart(timezone, from),
      hours: Math.max(0.5, Math.ceil((2 * (endsAt - from)) / HOUR_MS) / 2),
    };
  }
  // A Monday, so that a week reads from its first day on.
  const monday = day + ((7 - weekdayOf(day)) % 7);
  return { start: isoStart(timezone, firstInstantOf(timezone, monday * DAY_MS)), hours: 168 };
}

/** In whole seconds, which include all events. */
function fittedLine(timezone: string, { startsAt, endsAt }: Collected): string {
  const [from, to] = [Math.floor(startsAt / 1_000), Math.ceil(endsAt / 1_000)].map(
    (seconds) => `${new Date(seconds * 1_000).toISOString().slice(0, 19)}Z`,
  );
  return `fitted: { from: ${from}, to: ${to}, timezone: ${timezone} }`;
}

function agentLines(profile: Profile, number: number, isWeekly: boolean): string[] {
  const { queues, channels, concurrency, agents } = profile;
  const atWork = filled(profile.atWork);
  const shifts = shiftsOf(isWeekly ? atWork : onOneDay(profile.atWork));
  const several = [...concurrency].filter(([, most]) => most > 1);
  const limits =
    several.length > 0
      ? `, concurrency: { ${[...concurrency].map(([channel, most]) => `${channel}: { contacts: ${Math.min(10, most)} }`).join(', ')} }`
      : '';
  const served = `queues: [${queues.map((queue) => `{ queue: ${quoted(queue)} }`).join(', ')}], channels: [${channels.join(', ')}]${limits}`;
  return [
    profile.isFromRoster
      ? `  # Agents of the roster for ${queues.join(', ')} (${channels.join(', ')}): at most ${agents}.`
      : `  # Agents seen to serve ${queues.join(', ')} (${channels.join(', ')}): ${agents}.`,
    ...shifts.map(
      (shift, index) =>
        `  - { name: agents-${number}-${index + 1}, count: ${shift.count}, ${served}, ${shiftText(shift, isWeekly)} }`,
    ),
  ];
}

function shiftText({ days, hours }: Shift, isWeekly: boolean): string {
  const ranges = hours.map(([from, to]) => `"${timeOfDay(from)}-${timeOfDay(to)}"`).join(', ');
  const named = days.map((day) => WEEKDAYS[day]).join(', ');
  return `${isWeekly && days.length < 7 ? `days: [${named}], ` : ''}hours: [${ranges}]`;
}

function streamLines(
  stream: FittedStream,
  name: string,
  tierTags: readonly string[],
  isWeekly: boolean,
): string[] {
  const { queueId, channel, contacts, answered, arrivals, handling, patience, redial, transfers } = stream;
  const tags = tierTags.flatMap((tag, index) => {
    const value = stream.tier[index];
    return value === undefined ? [] : [`${quoted(tag)}: ${quoted(value)}`];
  });
  const { fit, hangUps } = patience;
  return [
    `  # ${contacts} contacts: ${answered} answered, ${patience.abandoned} abandoned.`,
    `  - tier: ${quoted(tierName(stream))}`,
    `    name: ${quoted(name)}`,
    `    queue: ${quoted(queueId)}`,
    `    channel: ${channel}`,
    ...(tags.length > 0 ? [`    tags: { ${tags.join(', ')} }`] : []),
    ...(arrivals.perDay
      ? [
          `    # First calls a day: ${arrivals.perDay.value.toFixed(1)} (${arrivals.perDay.low.toFixed(1)} to ${arrivals.perDay.high.toFixed(1)}).`,
        ]
      : []),
    '    arrivals:',
    ...rateLines(arrivals.perHour, isWeekly).map((line) => `      ${line}`),
    ...handlingLines(handling, '    '),
    ...(fit
      ? [
          `    # Mean ${inSeconds(fit.meanSeconds)}, shape ${withInterval(fit.shape)}, from ${fit.abandoned} who abandoned of ${fit.count} who waited for more than 5 s.`,
          `    patience: { mean: ${duration(fit.meanSeconds.value)}, shape: ${rounded(Math.min(10, fit.shape.value))}${hangUps.low > 0 ? `, hangUps: ${rounded(hangUps.value)}` : ''} }`,
        ]
      : []),
    ...(redial
      ? [
          `    # ${percent(redial.probability.value)} (${percent(redial.probability.low)} to ${percent(redial.probability.high)}) of those who abandoned called again.`,
          `    redial: { probability: ${rounded(Math.min(0.99, redial.probability.value))}, after: ${duration(redial.delay.value)} }`,
        ]
      : []),
    ...(transfers.length > 0
      ? [
          '    transfer:',
          ...transfers.flatMap(({ queueId: to, probability, handling: second }) => [
            `      - probability: ${rounded(probability.value)}   # ${percent(probability.low)} to ${percent(probability.high)}`,
            `        queue: ${quoted(to)}`,
            ...(second.count > 0 ? handlingLines(second, '        ') : []),
          ]),
        ]
      : []),
  ];
}

/** Times of events are whole seconds, so a small variation may be theirs. */
const LEAST_VARIATION = 0.1;

function afterContactWorkText({ mean, variation }: NonNullable<Calibration['afterContactWork']>): string {
  const text = duration(mean.value);
  return variation < LEAST_VARIATION
    ? text
    : `{ mean: ${text}, variation: ${rounded(Math.min(5, variation))} }`;
}

function handlingLines({ fit, values, count, mean }: Handling, indent: string): string[] {
  if (values && values.length > 0) {
    return [
      `${indent}# Contacts: ${count}, mean ${duration(mean)}.`,
      `${indent}handling: { values: [${values.map(duration).join(', ')}] }`,
    ];
  }
  // Nobody was answered: it does not matter how long that would have taken.
  if (!fit) return [`${indent}handling: { mean: ${duration(mean)} }`];
  return [
    `${indent}# Mean ${inSeconds(fit.meanSeconds)}, variation ${withInterval(fit.variation)}, from ${count} contacts; distance ${fit.distance.toFixed(3)}.`,
    `${indent}handling: { mean: ${duration(fit.meanSeconds.value)}, variation: ${rounded(Math.min(5, fit.variation.value))} }`,
  ];
}

function rateLines(perHour: readonly (number | undefined)[], isWeekly: boolean): string[] {
  if (!isWeekly) return [`perHour: ${ratesText(onOneDay(perHour).slice(0, DAY_SLOTS))}`];
  const rates = filled(perHour);
  const days = WEEKDAYS.map((day, index) => ({
    day,
    text: ratesText(rates.slice(index * DAY_SLOTS, (index + 1) * DAY_SLOTS)),
  }));
  return ['perHour: 0', 'days:', ...days.map(({ day, text }) => `  ${day}: ${text}`)];
}

/** The rates of a day: each until the next one. */
function ratesText(rates: readonly number[]): string {
  const steps = rates.flatMap((rate, slot) => {
    const text = rounded(rate);
    return slot > 0 && text === rounded(rates[slot - 1] ?? 0) ? [] : [`"${timeOfDay(slot)}": ${text}`];
  });
  return `{ ${steps.join(', ')} }`;
}

/**
 * The figures of a week, where a half hour that the recording lacks has the mean of that half hour on the other days of its
 * kind, a working day or one of the weekend, or else on all days.
 */
function filled(figures: readonly (number | undefined)[]): number[] {
  return Array.from({ length: WEEK_SLOTS }, (_, slot) => {
    const day = Math.floor(slot / DAY_SLOTS);
    const isWeekend = (one: number) => one >= 5;
    const onDays = (days: readonly number[]) =>
      days.flatMap((one) => figures[one * DAY_SLOTS + (slot % DAY_SLOTS)] ?? []);
    const all = WEEKDAYS.map((_, index) => index);
    const alike = onDays(all.filter((one) => isWeekend(one) === isWeekend(day)));
    return figures[slot] ?? mean(alike.length > 0 ? alike : onDays(all));
  });
}

/** The same half hours on each day, where a recording is too short to tell days apart. */
function onOneDay(figures: readonly (number | undefined)[]): number[] {
  return Array.from({ length: WEEK_SLOTS }, (_, slot) =>
    mean(WEEKDAYS.flatMap((_, day) => figures[day * DAY_SLOTS + (slot % DAY_SLOTS)] ?? [])),
  );
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function isoStart(timezone: string, at: number): string {
  const { day, ofDay } = slotOf(timezone, at);
  const local = day * DAY_MS + ofDay * (HOUR_MS / 2);
  const minutes = Math.round((local - at) / 60_000);
  const size = Math.abs(minutes);
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return `${new Date(local).toISOString().slice(0, 19)}${offset}`;
}

function localTime(timezone: string, at: number): string {
  const { day, ofDay } = slotOf(timezone, at);
  return `${new Date(day * DAY_MS).toISOString().slice(0, 10)} ${timeOfDay(ofDay)}`;
}

function timeOfDay(slot: number): string {
  return `${two(Math.floor(slot / 2))}:${slot % 2 === 0 ? '00' : '30'}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function duration(seconds: number): string {
  return formatDuration(Math.max(1, Math.round(seconds)));
}

function inSeconds({ value, low, high }: Fitted): string {
  return `${value.toFixed(1)} s (${low.toFixed(1)} to ${high.toFixed(1)})`;
}

function withInterval({ value, low, high }: Fitted): string {
  return `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Three digits are enough: intervals are wider. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function quoted(text: string): string {
  return /^[A-Za-z][\w-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
