import type { AgentLists } from '../agent-lists.ts';
import { isObject } from '../json.ts';
import { tokenize } from './route/tokenize.ts';

/** The lists among those of the settings that the routes of a valid policy name, and perhaps more; undefined: none. */
export function agentListsNamedBy(policy: unknown, lists: AgentLists): AgentLists | undefined {
  if (!isObject(policy) || !Array.isArray(policy.steps)) return undefined;
  const texts = policy.steps.flatMap((step: unknown) =>
    isObject(step) && isObject(step.set) && Array.isArray(step.set.route) ? step.set.route : [],
  );
  const names = new Set(
    texts
      .filter((text) => typeof text === 'string')
      .flatMap((text) => tokenize(text))
      .filter(({ kind, text }) => kind === 'word' && text.startsWith('@'))
      .map(({ text }) => text.slice(1)),
  );
  const named = Object.entries(lists).filter(([name]) => names.has(name));
  return named.length === 0 ? undefined : Object.fromEntries(named);
}
