import { isObject } from './json.ts';
import { lengthProblem, noListProblem } from './validation/list-problems.ts';
import { suggestName } from './validation/parameter-name-problem.ts';
import { createProblem, type Path, type Problem, typeProblem } from './validation/problem.ts';

/** Ids of users by the name of their list, as the setting `agents` has them. */
export type AgentLists = Readonly<Record<string, readonly string[]>>;

/** The name of a list: as the names of policies. */
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;
const NAME_FORM = 'a name of lower-case letters, digits and hyphens, at most 64, such as "billing-seniors"';

/** The ids of users are UUIDs. */
const USER_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const USER_ARN = /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
const ID_FORM = 'the id of a user, such as "11111111-2222-3333-4444-555555555555"';

/** More fit into no parameter. */
const MAX_LISTS = 100;

/** More than a step takes: a policy that uses such a list has a problem, and the settings have none. */
const MAX_IDS = 100;

/** True for the id of a user of Connect. */
export function isUserId(text: string): boolean {
  return USER_ID.test(text);
}

/**
 * The problems of the setting `agents`: an object with a list of ids of users for each name. Never throws; reports every
 * problem at once.
 *
 * @param source - as parsed from JSON or YAML. Undefined: there are no lists.
 */
export function agentListProblems(source: unknown, path: Path): Problem[] {
  if (source === undefined) return [];
  const form = 'an object with a list of ids of users for each name, such as { billing-seniors: [id, id] }';
  if (!isObject(source)) return [typeProblem(path, source, form)];
  const entries = Object.entries(source);
  return [
    ...(entries.length > MAX_LISTS
      ? [createProblem('out-of-range', path, entries.length, `at most ${MAX_LISTS} lists`)]
      : []),
    ...entries.flatMap(([name, ids]) => listProblems(name, ids, [...path, name])),
  ];
}

function listProblems(name: string, ids: unknown, path: Path): Problem[] {
  return [
    ...(NAME.test(name) ? [] : [createProblem('agent-list-name', path, name, NAME_FORM, validName(name))]),
    ...idListProblems(ids, path),
  ];
}

/** The id in a text that is one, or the ARN of a user. */
function idIn(text: string): string | undefined {
  return isUserId(text) ? text : USER_ARN.exec(text)?.[1];
}

function validName(name: string): string | undefined {
  const suggestion = suggestName(name);
  return suggestion !== undefined && NAME.test(suggestion) ? suggestion : undefined;
}

function idListProblems(ids: unknown, path: Path): Problem[] {
  const form = `a list of 1 to ${MAX_IDS} ids of users`;
  if (!Array.isArray(ids)) {
    const id = typeof ids === 'string' ? idIn(ids) : undefined;
    return [noListProblem(path, ids, form, id === undefined ? undefined : [id])];
  }
  if (ids.length === 0 || ids.length > MAX_IDS) return [lengthProblem(path, ids, form)];
  return ids.flatMap((id: unknown, index): Problem[] => {
    const at = [...path, index];
    if (typeof id !== 'string') return [typeProblem(at, id, ID_FORM)];
    if (!USER_ID.test(id)) return [createProblem('user-id', at, id, ID_FORM, idIn(id))];
    const isRepeated = ids.indexOf(id) < index;
    return isRepeated ? [createProblem('user-id', at, id, 'each user once in a list')] : [];
  });
}
