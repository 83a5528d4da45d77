import { closestMatch } from '../validation/suggestion.ts';
import type { CompiledProblem } from './compiled.ts';

/** Name, below the prefix, of the parameter of the settings. */
export const SETTINGS = 'settings';

/** Name, below the prefix, of the kill switch: while the parameter exists, whatever it holds, nothing is called. */
export const PAUSE = 'pause';

/** The names of policies, below the prefix, begin so. */
export const POLICIES = 'policies/';

/** The names of calendars, below the prefix, begin so. */
export const CALENDARS = 'calendars/';

/** The names of conditions, below the prefix, begin so. */
export const CONDITIONS = 'conditions/';

/** True for the name of a policy, a calendar or a condition. */
export function isOfFamily(name: string): boolean {
  return FAMILIES.some((prefix) => name.startsWith(prefix));
}

/** True for a name that is meant as the kill switch: in other case, or with parts below it. */
export function isMeantAsPause(name: string): boolean {
  return firstPart(name) === PAUSE;
}

/** The problem of a calendar that was deleted although policies in force name it. */
export function deletedCalendarProblem(parameter: string, policies: readonly string[]): CompiledProblem {
  const users = policies.slice(0, 5).join(', ') + (policies.length > 5 ? ', …' : '');
  return {
    code: 'calendar-in-use',
    path: [],
    message:
      `The parameter "${parameter}" was deleted, and policies name it: ${users}. It stays in force. Write it again, ` +
      'or change these policies.',
    line: 1,
    column: 1,
  };
}

/**
 * The problem of a name below the prefix that is nearly one that is read, such as `Settings` or `policy/gold`;
 * undefined for a name that is read, and for one that has nothing in common with these.
 */
export function nameProblem(name: string): CompiledProblem | undefined {
  const meant = meantName(name);
  if (!meant) return undefined;
  const [, ...rest] = name.split('/');
  const isFamily = FAMILIES.includes(`${meant}/`);
  const write = isFamily ? `${meant}/${rest.join('-').toLowerCase() || '<name>'}` : meant;
  return {
    code: 'unknown-parameter',
    path: [],
    message: `No parameter of the name "${name}" is read. Write "${write}" below the prefix, and delete this one.`,
    line: 1,
    column: 1,
  };
}

/** True for a name that was probably meant as the kill switch, and is not read as it: `paused`, `pasue`. */
export function isMisnamedPause(name: string): boolean {
  return meantName(name) === PAUSE && !isMeantAsPause(name);
}

/** The first part of the name that a name below the prefix is nearly. Undefined for one that is read. */
function meantName(name: string): string | undefined {
  if (name === SETTINGS || name === PAUSE || isOfFamily(name)) return undefined;
  const part = firstPart(name).replace(/\.[a-z]+$/, '');
  const known = [...FAMILIES.map((prefix) => prefix.slice(0, -1)), SETTINGS, PAUSE];
  return closestMatch(part, known);
}

/** How the names of parameters begin of which there may be many: policies, calendars and conditions. */
export const FAMILIES: readonly string[] = [POLICIES, CALENDARS, CONDITIONS];

function firstPart(name: string): string {
  return (name.split('/')[0] ?? '').toLowerCase();
}
