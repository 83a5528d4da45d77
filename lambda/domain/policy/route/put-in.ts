import { isUserId } from '../../agent-lists.ts';
import { isObject } from '../../json.ts';
import type { RoutingCriteria, RoutingCriteriaStep } from '../../routing/criteria.ts';
import { routingCriteriaProblems } from '../../routing/criteria-problems.ts';
import type { Path } from '../../validation/problem.ts';
import type { ContactView } from '../contact-view.ts';
import { formatValue, type RoutePlace, type RouteValue } from './values.ts';

/** The strings of a contact by what stands for them, such as `{tags.language}`; empty: the contact has no such string. */
export type PutIn = Readonly<Record<string, string>>;

/** A step of a route that is left out. */
export interface LeftOutStep {
  /** Its index in the route. */
  readonly index: number;
  /** What stands for the string, such as `{tags.language}`. */
  readonly value: string;
  /** The string that is no fit one; absent: the contact has none. */
  readonly found?: string;
}

/** Criteria with the strings of a contact. */
export interface FilledCriteria {
  /** Absent where every step is left out. */
  readonly criteria?: RoutingCriteria;
  readonly leftOut: readonly LeftOutStep[];
}

/** One character more than Connect takes: what is longer stays unfit, and no record gets long by it. */
const MAX_LENGTH = 129;

/**
 * The strings that a contact has now for the places of a route.
 *
 * @param known - those that were put in before. They stay as they were.
 */
export function lookUp(places: readonly RoutePlace[], view: ContactView, known: PutIn = {}): PutIn {
  return Object.fromEntries(
    places.map(({ value }) => {
      const text = formatValue(value);
      return [text, known[text] ?? stringOf(value, view)];
    }),
  );
}

/**
 * Puts strings of a contact into criteria, each as one name, value or id of a user. A step whose string is missing, or is
 * none that Connect takes there, is left out.
 */
export function fillCriteria(
  { Steps }: RoutingCriteria,
  places: readonly RoutePlace[],
  strings: PutIn,
): FilledCriteria {
  const leftOut: LeftOutStep[] = [];
  const steps = Steps.flatMap((step, index) => {
    const inStep = places
      .filter(({ path }) => path[1] === index)
      .map(({ path, value }) => ({ path: path.slice(2), value: formatValue(value) }))
      .map(({ path, value }) => ({ path, value, text: strings[value] ?? '' }));
    const filled = withTexts(step, [], inStep) as RoutingCriteriaStep;
    const unfit = firstUnfit(filled, inStep);
    if (!unfit) return [filled];
    leftOut.push({ index, value: unfit.value, ...(unfit.text === '' ? {} : { found: unfit.text }) });
    return [];
  });
  return { ...(steps.length > 0 ? { criteria: { Steps: steps } } : {}), leftOut };
}

/** A place of a step with the string that is put in there. */
interface FilledPlace {
  /** The position in the step. */
  readonly path: Path;
  readonly value: string;
  readonly text: string;
}

function firstUnfit(step: RoutingCriteriaStep, places: readonly FilledPlace[]): FilledPlace | undefined {
  const wrong = places.find(
    ({ path, text }) => text.trim() === '' || (path.includes('AgentIds') && !isUserId(text)),
  );
  if (wrong) return wrong;
  const [problem] = routingCriteriaProblems({ Steps: [step] });
  if (!problem) return undefined;
  const at = problem.path.slice(2);
  return places.find(({ path }) => isUnder(at, path)) ?? places.at(-1);
}

/** A copy with the strings in their places, and no user twice in a list. */
function withTexts(node: unknown, path: Path, places: readonly FilledPlace[]): unknown {
  const place = places.find((one) => one.path.length === path.length && isUnder(path, one.path));
  if (place) return place.text;
  if (Array.isArray(node)) {
    const items = node.map((item, index) => withTexts(item, [...path, index], places));
    return path.at(-1) === 'AgentIds' ? [...new Set(items)] : items;
  }
  if (!isObject(node)) return node;
  const entries = Object.entries(node);
  return Object.fromEntries(entries.map(([key, member]) => [key, withTexts(member, [...path, key], places)]));
}

/** True where a path begins with another. */
function isUnder(above: Path, path: Path): boolean {
  return above.every((part, index) => path[index] === part);
}

/** The string of a contact; empty where it has none. */
function stringOf({ field, name }: RouteValue, view: ContactView): string {
  const found = memberAt(view[field], name);
  return typeof found === 'string' ? found.slice(0, MAX_LENGTH) : '';
}

/** A member of an object, or of the maps in it, by names joined with dots. */
function memberAt(holder: unknown, name: string): unknown {
  if (!isObject(holder)) return undefined;
  if (Object.hasOwn(holder, name)) return holder[name];
  const key = Object.keys(holder).find((one) => name.startsWith(`${one}.`));
  return key === undefined ? undefined : memberAt(holder[key], name.slice(key.length + 1));
}
