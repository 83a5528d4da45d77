import { parameterName, type Source } from '../sources/source.ts';
import type { ConfigurationState } from './configuration-state.ts';
import { conditionChanges, newConditionSentences, newDocumentSentences } from './document-words.ts';
import { type DescribedPolicy, newPolicySentences, policyChanges } from './policy-changes.ts';
import { valueChanges } from './value-changes.ts';

/** What a push does with one parameter, and what that means. */
export interface ParameterChange {
  /** Name of the parameter below the prefix. */
  readonly parameter: string;
  readonly action: 'create' | 'change' | 'delete';
  /** The version that is replaced or deleted. */
  readonly version?: number;
  /** In words, one for each thing that changes. */
  readonly sentences: readonly string[];
}

/** A parameter that a push writes or deletes. */
export interface PlannedParameter {
  readonly source: Pick<Source, 'kind' | 'name'>;
  readonly action: ParameterChange['action'];
  readonly version?: number;
}

const ONLY_TEXT = 'only its text changes (comments, order, notation): it does what it did';

/** What a push changes, by what is in force before and after it. */
export function describeParameter(
  { source, action, version }: PlannedParameter,
  before: ConfigurationState,
  after: ConfigurationState,
): ParameterChange {
  const parameter = parameterName(source);
  const sentences =
    source.kind === 'policy'
      ? ofPolicy(source.name, before, after)
      : ofDocument(source.kind, before.contents.get(parameter), after.contents.get(parameter));
  const change = { parameter, action, ...(version !== undefined && { version }) };
  return { ...change, sentences: sentences.length > 0 ? sentences : [ONLY_TEXT] };
}

function ofPolicy(name: string, before: ConfigurationState, after: ConfigurationState): string[] {
  const [from, to] = [describedPolicy(name, before), describedPolicy(name, after)];
  if (from && to) return policyChanges(from, to);
  if (to) return newPolicySentences(to);
  if (from) return ['it governs nobody any more: its contacts go to the policies after it'];
  return ['it was not in force'];
}

function describedPolicy(
  name: string,
  { policies, contents }: ConfigurationState,
): DescribedPolicy | undefined {
  const policy = policies.find((one) => one.name === name);
  return policy && { policy, source: contents.get(parameterName({ kind: 'policy', name })) };
}

/** Settings, a calendar or a condition. */
function ofDocument(kind: Source['kind'], from: unknown, to: unknown): string[] {
  const isCondition = kind === 'condition';
  if (from === undefined) return isCondition ? newConditionSentences(to) : newDocumentSentences(to);
  if (to === undefined && isCondition) return ['no queue has its signal any more, unless it is sent'];
  return isCondition ? conditionChanges(from, to) : valueChanges('', from, to ?? {});
}
