import { diffArrays } from 'diff';
import { isObject } from '../../lambda/domain/json.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { callsPerContact } from '../../lambda/domain/policy/warnings/quota.ts';
import {
  formatPattern,
  patternConditions,
  type StepSource,
  type StepWords,
  stepWords,
} from './policy-words.ts';
import { formatContent, ownMember, unionOf, valueChanges } from './value-changes.ts';

/** A policy, with what its text holds. */
export interface DescribedPolicy {
  readonly policy: Policy;
  readonly source: unknown;
}

/** What a policy has where its text says nothing. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  precedence: 100,
  mode: 'enforce',
  rollout: 100,
  clock: 'enqueued',
  paused: 'stops',
  allowLower: false,
  skipUnstaffed: false,
};

/** Fields that have words of their own. */
const OWN_WORDS: readonly string[] = ['match', 'steps'];

/** What a new policy does, in words. */
export function newPolicySentences({ policy, source }: DescribedPolicy): string[] {
  const { match, steps = [], ...fields } = sourceOf(source);
  const governs = match === undefined ? 'every contact' : `contacts of which ${formatPattern(match)}`;
  const verb = policy.mode === 'enforce' ? 'governs' : policy.mode === 'observe' ? 'observes' : 'is off; for';
  return [
    `${verb} ${governs}, with the precedence ${policy.precedence}`,
    ...Object.entries(fields)
      .filter(([key]) => !['precedence', 'description', 'mode', 'accept'].includes(key))
      .map(([key, value]) => `${key} ${formatContent(value)}`),
    ...steps.map(stepWords).map((step, index) => `step ${index + 1} ${formatStepWords(step)}`),
  ];
}

/** How a policy changes by what it means, in words; empty where only its text does. */
export function policyChanges(before: DescribedPolicy, after: DescribedPolicy): string[] {
  const [from, to] = [sourceOf(before.source), sourceOf(after.source)];
  const fields = unionOf(Object.keys(from), Object.keys(to)).filter((key) => !OWN_WORDS.includes(key));
  const [callsBefore, callsAfter] = [callsPerContact(before.policy), callsPerContact(after.policy)];
  return [
    ...fields.flatMap((key) => fieldChanges(key, from, to)),
    ...matchChanges(from.match, to.match),
    ...stepChanges(from.steps ?? [], to.steps ?? []),
    ...(callsBefore === callsAfter
      ? []
      : [`calls for a contact that waits through all steps: ${callsAfter}, was ${callsBefore}`]),
  ];
}

interface PolicyText extends Readonly<Record<string, unknown>> {
  readonly match?: unknown;
  readonly steps?: readonly StepSource[];
}

function sourceOf(source: unknown): PolicyText {
  return isObject(source) ? (source as PolicyText) : {};
}

function fieldChanges(key: string, from: PolicyText, to: PolicyText): string[] {
  const fallback = ownMember(DEFAULTS, key);
  return valueChanges(key, ownMember(from, key) ?? fallback, ownMember(to, key) ?? fallback);
}

function matchChanges(before: unknown, after: unknown): string[] {
  const [from, to] = [patternConditions(before), patternConditions(after)];
  return unionOf([...from.keys()], [...to.keys()]).flatMap((field): string[] => {
    const [was, is] = [from.get(field), to.get(field)];
    if (was === is) return [];
    if (was === undefined) return [`match: only contacts of which ${field} ${is}`];
    if (is === undefined) return [`match: no longer only contacts of which ${field} ${was}`];
    return [`match: ${field} ${is} (before: ${was})`];
  });
}

/**
 * The steps that are changed, added and removed. Steps between two that remain the same are compared in their order. New
 * numbers are those of the new policy.
 */
function stepChanges(before: readonly StepSource[], after: readonly StepSource[]): string[] {
  const [from, to] = [before.map(stepWords), after.map(stepWords)];
  const parts = diffArrays(from.map(formatStepWords), to.map(formatStepWords));
  const sentences: string[] = [];
  let [old, now] = [0, 0];
  let removed: StepWords[] = [];
  const flush = () => {
    sentences.push(...removed.map((step) => `a step is removed: ${formatStepWords(step)}`));
    removed = [];
  };
  for (const { added, removed: isRemoved, value } of parts) {
    if (isRemoved) {
      removed.push(...from.slice(old, old + value.length));
      old += value.length;
    } else if (added) {
      for (const step of to.slice(now, now + value.length)) {
        now += 1;
        const previous = removed.shift();
        sentences.push(
          previous
            ? `step ${now} ${formatStepChange(previous, step)}`
            : `step ${now} is added: ${formatStepWords(step)}`,
        );
      }
    } else {
      flush();
      old += value.length;
      now += value.length;
    }
  }
  flush();
  return sentences;
}

function formatStepChange(before: StepWords, after: StepWords): string {
  const parts = [
    ...(before.time === after.time ? [] : [`${after.time}, was ${sameKind(before.time, after.time)}`]),
    ...(before.set === after.set ? [] : [`sets ${after.set}, was ${before.set}`]),
    ...(before.condition === after.condition ? [] : [conditionChange(before.condition, after.condition)]),
  ];
  // The time says which step it is.
  return before.time === after.time ? `${after.time} ${parts.join('; ')}` : parts.join('; ');
}

function conditionChange(before: string, after: string): string {
  if (before === '') return `only when ${after}`;
  if (after === '') return `no longer only when ${before}`;
  return `only when ${after} (before: ${before})`;
}

/** `2m` where both are `at`. */
function sameKind(before: string, after: string): string {
  const [kind = ''] = after.split(' ', 1);
  return kind !== 'from' && before.startsWith(`${kind} `) ? before.slice(kind.length + 1) : before;
}

function formatStepWords({ time, set, condition }: StepWords): string {
  return `${time} sets ${set}${condition === '' ? '' : `, when ${condition}`}`;
}
