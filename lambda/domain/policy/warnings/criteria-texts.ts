import { isUserId } from '../../agent-lists.ts';
import { isObject } from '../../json.ts';
import { describeValue, type Path } from '../../validation/problem.ts';
import { unlikelyText } from '../../validation/unlikely-text.ts';
import { formatValue, parseValue, type RoutePlace, type RouteValue } from '../route/values.ts';
import type { WarningCode } from './codes.ts';
import type { PartialPolicy } from './partial-policy.ts';
import { segmentKind, segmentNameAdvice } from './segment-attributes.ts';
import type { Warning } from './warning.ts';

type Finding = readonly [code: WarningCode, message: string];

/** Warns of names, values and agent ids in routing criteria that no agent has, so that contacts would wait for nobody. */
export function criteriaTextWarnings({ name: policy, steps }: PartialPolicy): Warning[] {
  return steps.flatMap(({ sourceIndex, set, values = [] }) => [
    ...findingsIn(withoutPlaces(set.criteria, [], values)).map(([code, message]) => ({
      code,
      policy,
      path: ['steps', sourceIndex, 'set'],
      message,
    })),
    ...values.flatMap(({ value, path }) => {
      const message = valueAdvice(value);
      const at = ['steps', sourceIndex, 'set', 'route', ...path.slice(1, 2)];
      return message === undefined ? [] : [{ code: 'unknown-field' as const, policy, path: at, message }];
    }),
  ]);
}

/** What is odd about braces that hardly ever stand for a string, so that their step of the route is left out. */
function valueAdvice({ field, name }: RouteValue): string | undefined {
  if (field !== 'segmentAttributes') return undefined;
  const isNumber = segmentKind(name) === 'number';
  const advice = isNumber
    ? `${name} is a number, and only a string can stand in a route.`
    : segmentNameAdvice(name, (attribute, member) => formatValue({ field, name: `${attribute}.${member}` }));
  return advice && `${advice} The step is left out for contacts without such a string.`;
}

/** Criteria without what stands for strings of the contact. */
function withoutPlaces(node: unknown, path: Path, places: readonly RoutePlace[]): unknown {
  if (places.some((place) => place.path.join() === path.join())) return undefined;
  if (Array.isArray(node)) return node.map((item, index) => withoutPlaces(item, [...path, index], places));
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, member]) => [key, withoutPlaces(member, [...path, key], places)]),
  );
}

function findingsIn(value: unknown): Finding[] {
  if (Array.isArray(value)) return value.flatMap(findingsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]): Finding[] => {
    if ((key === 'Name' || key === 'Value') && typeof member === 'string') return attributeFindings(member);
    if (key === 'AgentIds' && Array.isArray(member)) return agentFindings(member);
    return findingsIn(member);
  });
}

function attributeFindings(text: string): Finding[] {
  const unlikely = unlikelyText(text, true);
  if (unlikely !== undefined) return [['unlikely-text', `${describeValue(text)} ${unlikely}`]];
  if (parseValue(text)) {
    const message =
      `${describeValue(text)} is one plain text here, and nothing is filled in: a value of the contact stands in a ` +
      'route, without quotes. Write the criteria as a route, such as ["Language:{tags.language} >= 3 for 2m"].';
    return [['literal-operator', message]];
  }
  return text.includes('*')
    ? [
        [
          'literal-wildcard',
          `Routing criteria have no wildcards: the asterisk in ${describeValue(text)} stands for itself. ` +
            'Write each value, with or between the conditions.',
        ],
      ]
    : [];
}

function agentFindings(ids: readonly unknown[]): Finding[] {
  return ids.flatMap((id, index): Finding[] => {
    if (typeof id !== 'string') return [];
    const isRepeated = ids.indexOf(id) < index;
    if (isRepeated) return [['repeated-value', `The agent ${id} stands in this list twice. Remove one.`]];
    if (!isUserId(id)) {
      const named = id.startsWith('@') || parseValue(id) ? ', which only a route fills in' : '';
      const [, inArn] = /\/([^/]+)$/.exec(id) ?? [];
      const instead =
        inArn && isUserId(inArn) ? `Write ${JSON.stringify(inArn)}.` : 'Write the last part of its ARN.';
      return [
        ['arn-or-id', `The id of an agent is a UUID, and ${describeValue(id)} is none${named}. ${instead}`],
      ];
    }
    return id === id.toLowerCase()
      ? []
      : [['arn-or-id', `Connect writes ids in lower case. Write ${JSON.stringify(id.toLowerCase())}.`]];
  });
}
