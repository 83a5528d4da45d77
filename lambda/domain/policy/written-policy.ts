import type { Calendar } from '../calendar/calendar.ts';
import { defined } from '../json.ts';
import { compilePattern } from '../pattern/index.ts';
import type { PolicyClock } from './clock.ts';
import { compilePolicy } from './compile-policy.ts';
import { compileSetWith, type ParsedRoute } from './compiled-set.ts';
import type { Policy } from './policy.ts';
import type { PolicySource } from './schema.ts';

/** A calendar as JSON. */
interface WrittenCalendar extends Omit<Calendar, 'except'> {
  readonly except: readonly number[];
}

/** What parsing has made of the calendars and routes of a policy. */
interface Parsed {
  /** A calendar that policies share is written by its name. */
  readonly during?: WrittenCalendar | string;
  /** Default: enqueued. */
  readonly clock?: Pick<PolicyClock, 'from'> & { readonly calendar?: WrittenCalendar | string };
  /** By the index of the step in the source. */
  readonly routes?: Readonly<Record<number, ParsedRoute>>;
}

/** Writes a calendar as text of JSON. */
export function writeCalendar(calendar: Calendar): string {
  return JSON.stringify(toJson(calendar));
}

/** Reads what {@link writeCalendar} has written. */
export function readCalendar(text: string): Calendar {
  return fromJson(JSON.parse(text));
}

/**
 * Writes what a function that reads the policy need not parse again, as text of JSON.
 *
 * @param policy - compiled of the source.
 */
export function writeParsed({ during, clock, steps }: Policy, source: PolicySource): string {
  const reference = (calendar: Calendar | undefined) => calendar && (calendar.name ?? toJson(calendar));
  const routes = steps.flatMap(({ sourceIndex, set: { criteria }, values }) =>
    source.steps?.[sourceIndex]?.set?.route === undefined
      ? []
      : [[sourceIndex, defined({ criteria, values })] as const],
  );
  const isDefaultClock = clock.from === 'enqueued' && !clock.calendar;
  const parsed: Parsed = defined({
    during: reference(during),
    clock: isDefaultClock ? undefined : defined({ from: clock.from, calendar: reference(clock.calendar) }),
    routes: routes.length > 0 ? Object.fromEntries(routes) : undefined,
  });
  return JSON.stringify(parsed);
}

/**
 * Compiles a policy that the same code has compiled before. It is not checked, and neither its calendars nor its routes
 * are parsed.
 *
 * @param written - what {@link writeParsed} has written.
 * @param calendarOf - the calendar of a name that the policy names.
 */
export function readPolicy(
  name: string,
  source: PolicySource,
  written: string,
  calendarOf: (name: string) => Calendar | undefined,
): Policy {
  const { during, clock, routes }: Parsed = JSON.parse(written);
  const resolve = (calendar: WrittenCalendar | string | undefined) =>
    typeof calendar === 'string' ? calendarOf(calendar) : calendar && fromJson(calendar);
  const fields = {
    match: compilePattern(source.match).pattern,
    during: resolve(during),
    clock: defined({ from: clock?.from ?? ('enqueued' as const), calendar: resolve(clock?.calendar) }),
  };
  return compilePolicy(name, source, fields, (set, index) => compileSetWith(set, routes?.[index]));
}

function toJson(calendar: Calendar): WrittenCalendar {
  return { ...calendar, except: [...calendar.except] };
}

function fromJson(written: WrittenCalendar): Calendar {
  return { ...written, except: new Set(written.except) };
}
