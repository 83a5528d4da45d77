import { WEEKDAYS } from '../scenario/schema.ts';
import { type Profile, profileWithQueues } from './staff.ts';
import type { StreamKey } from './stream-sample.ts';
import { DAY_SLOTS, WEEK_SLOTS } from './week.ts';

/** Agents on shift with one routing profile, in some half hours of one weekday. */
export interface RosterRow {
  /** 0 is Monday. */
  readonly day: number;
  /** Half hours of the day, the end not included. */
  readonly from: number;
  readonly to: number;
  /** The ids of the queues, sorted. */
  readonly queues: readonly string[];
  readonly agents: number;
}

const COLUMNS = ['day', 'from', 'to', 'queues', 'agents'] as const;

const EXAMPLE = 'mon,08:00,12:30,support billing,14';

/**
 * Parses a roster: a CSV file with the columns day (`mon` to `sun`), from and to (`08:00`, `08:30`, up to `24:00`), queues (ids,
 * with blanks between them) and agents (the number on shift, from 0 on). Rows of one profile add up.
 *
 * @returns all problems, each a sentence with its line.
 */
export function parseRoster(text: string): {
  readonly rows: readonly RosterRow[];
  readonly problems: readonly string[];
} {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line, index) => ({ cells: line.split(',').map((cell) => cell.trim()), number: index + 1 }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [head, ...body] = lines;
  if (head?.cells.join() !== COLUMNS.join()) {
    const found = head === undefined ? 'nothing' : JSON.stringify(head.cells.join(','));
    return { rows: [], problems: [`line 1: Found ${found}; expected the columns ${COLUMNS.join(',')}.`] };
  }
  if (body.length === 0)
    return { rows: [], problems: [`line 2: There is no row; expected some, such as ${EXAMPLE}.`] };
  const rows: RosterRow[] = [];
  const problems: string[] = [];
  for (const { cells, number } of body) {
    const row = parseRow(cells);
    if (typeof row === 'string') problems.push(`line ${number}: ${row}`);
    else rows.push(row);
  }
  return { rows, problems };
}

function parseRow(cells: readonly string[]): RosterRow | string {
  if (cells.length !== COLUMNS.length) {
    return `Found ${cells.length} columns; expected ${COLUMNS.length}, such as ${EXAMPLE}.`;
  }
  const [dayText = '', fromText = '', toText = '', queueText = '', agentText = ''] = cells;
  const day = (WEEKDAYS as readonly string[]).indexOf(dayText.toLowerCase());
  if (day < 0) return `Found the day ${JSON.stringify(dayText)}; expected one of ${WEEKDAYS.join(', ')}.`;
  const [from, to] = [slotOfTime(fromText), slotOfTime(toText)];
  if (from === undefined || to === undefined || from >= to) {
    return `Found ${fromText} to ${toText}; expected two half hours of one day in order, such as 08:00 to 12:30.`;
  }
  const queues = queueText.split(/\s+/).filter((queue) => queue !== '');
  if (queues.length === 0) return 'Found no queue; expected the ids of queues with blanks between them.';
  if (!/^\d+(\.\d+)?$/.test(agentText)) {
    return `Found ${JSON.stringify(agentText)} agents; expected a number from 0 on.`;
  }
  return { day, from, to, queues: [...new Set(queues)].sort(), agents: Number(agentText) };
}

function slotOfTime(text: string): number | undefined {
  const [, hour, minute] = /^(\d{1,2}):(00|30)$/.exec(text) ?? [];
  const slot = 2 * Number(hour) + (minute === '30' ? 1 : 0);
  return slot <= DAY_SLOTS ? slot : undefined;
}

/** The queues of a roster that no contact of the recording waited in, sorted. */
export function unknownQueues(
  rows: readonly RosterRow[],
  streams: readonly StreamKey[],
  profiles: readonly Profile[],
): string[] {
  const known = new Set(knownQueues(streams, profiles));
  return [...new Set(rows.flatMap(({ queues }) => queues))].filter((queue) => !known.has(queue)).sort();
}

/** The queues of a recording: those that contacts waited in, and those that agents served; sorted. */
export function knownQueues(streams: readonly StreamKey[], profiles: readonly Profile[]): string[] {
  const served = profiles.flatMap(({ queues }) => queues);
  return [...new Set([...streams.map(({ queueId }) => queueId), ...served])].sort();
}

/**
 * The profiles of a roster. Channels and concurrency are those that were seen of agents with the same queues, or else the
 * channels of the contacts in them.
 *
 * @param isWeekly - whether the recording tells days apart: if not, the days that the roster lacks say nothing.
 */
export function rosterProfiles(
  rows: readonly RosterRow[],
  seen: readonly Profile[],
  streams: readonly StreamKey[],
  isWeekly: boolean,
): Profile[] {
  const groups = Map.groupBy(rows, ({ queues }) => queues.join(' '));
  const days = new Set(rows.map(({ day }) => day));
  return [...groups.values()].map((group) => {
    const queues = group[0]?.queues ?? [];
    const like = profileWithQueues(seen, queues);
    const ofQueues = streams.filter(({ queueId }) => queues.includes(queueId));
    const atWork = Array.from({ length: WEEK_SLOTS }, (_, slot) => {
      const day = Math.floor(slot / DAY_SLOTS);
      if (!isWeekly && !days.has(day)) return undefined;
      return group
        .filter((row) => row.day === day && row.from <= slot % DAY_SLOTS && slot % DAY_SLOTS < row.to)
        .reduce((sum, { agents }) => sum + agents, 0);
    });
    return {
      queues,
      channels: like?.channels ?? [...new Set(ofQueues.map(({ channel }) => channel))].sort(),
      concurrency: like?.concurrency ?? new Map(),
      agents: Math.max(0, ...atWork.map((agents) => agents ?? 0)),
      isFromRoster: true,
      atWork,
    };
  });
}
