import type { AgentLists } from '../agent-lists.ts';
import { canonicalJson } from '../json.ts';
import type { WrittenIndex } from '../policy/index/written-index.ts';
import type { PolicyFacts, StoredNames } from '../policy/policy-set.ts';
import type { LocatedProblem } from '../validation/document.ts';

/** The form of the compiled configuration. A reader that finds another number must not use the content. */
export const COMPILED_FORMAT = 1;

/** The value of a valid parameter, as it is in force. */
export interface CompiledPart {
  /** The content of the text, as JSON. It was valid when it was compiled. */
  readonly source: unknown;
  /** Of a policy: the lists of agents that it names, as they were when it was last valid. Absent: it names none. */
  readonly agents?: AgentLists;
  /** The version of the SSM parameter; 0 where there is no parameter. */
  readonly version: number;
  /** Since when this content has been in force, in milliseconds since the epoch. */
  readonly since: number;
}

/** A policy, calendar or condition that is in force. */
export interface NamedPart extends CompiledPart {
  readonly name: string;
}

/** The settings that are in force. */
export interface CompiledSettings extends CompiledPart {
  /**
   * True while a newer valid version may exist that could not be read. It may say `pause: true`, so nothing is called.
   * Default false.
   */
  readonly isUncertain?: boolean;
}

/** The parameter `pause`. While it exists, whatever it holds, nothing is called. */
export interface CompiledPause {
  readonly version: number;
  /** Since when it has been known, in milliseconds since the epoch. */
  readonly since: number;
  /** What it holds: parsed where it is JSON or YAML, at most 1,000 characters of it otherwise. */
  readonly value: unknown;
}

/** A problem of a refused text, without the value that was found. */
export type CompiledProblem = Pick<LocatedProblem, 'code' | 'path' | 'message' | 'line' | 'column'>;

/** A parameter whose current version is not in force. */
export interface Refusal {
  /** Name below the prefix, such as `policies/gold` or `settings`. */
  readonly parameter: string;
  /** The version that is refused. */
  readonly version: number;
  /** Its first 20 problems. */
  readonly problems: readonly CompiledProblem[];
  readonly problemCount: number;
  /** Since when it has been refused, in milliseconds since the epoch. */
  readonly since: number;
  /** The version that is in force instead; absent: none. */
  readonly inForce?: number;
  /** False while the history of the parameter could not be read: it may have a newer valid version. */
  readonly isHistoryKnown: boolean;
}

/** A policy that this code cannot build from the compiled configuration: other code wrote it. */
export interface LeftOutPolicy {
  readonly name: string;
  readonly reason: string;
}

/** What the compiler has worked out of the policies, so that a function that starts need not build them all. */
export interface PreparedPolicies {
  /** The code that has worked it out, and that alone may use it. */
  readonly code: string;
  /** The places in `policies` of those in effect, in order of evaluation. */
  readonly order: readonly number[];
  /** What parsing has made of the calendars and routes of each, as texts of JSON. */
  readonly parsed: readonly string[];
  /** The calendars that policies may name, as texts of JSON. */
  readonly calendars: readonly (readonly [name: string, text: string])[];
  readonly facts: PolicyFacts;
  /** Finds the policies by their places in `order`. */
  readonly index: WrittenIndex;
  /** The places in `conditions` of those that some policy names. */
  readonly conditions: readonly number[];
  readonly leftOut: readonly LeftOutPolicy[];
}

/** All policies, calendars, conditions and settings in force, and what was refused: plain JSON that depends on no code. */
export interface CompiledConfiguration {
  readonly format: typeof COMPILED_FORMAT;
  /** Sorted by name. */
  readonly policies: readonly NamedPart[];
  /** Sorted by name. Absent: an earlier version wrote it, or there is none. */
  readonly calendars?: readonly NamedPart[];
  /** Sorted by name. Absent: an earlier version wrote it, or there is none. */
  readonly conditions?: readonly NamedPart[];
  /** Absent: no valid version of the settings is known, so nothing is called. */
  readonly settings?: CompiledSettings;
  /** Absent: the parameter does not exist. */
  readonly pause?: CompiledPause;
  /** Sorted by parameter. */
  readonly refused: readonly Refusal[];
  /** What the policies name of contacts, for dispatch, which reads no policies. Absent: an earlier version wrote it. */
  readonly names?: StoredNames;
  /** True where some policy names a condition: then the load of queues is read, again and again. */
  readonly usesConditions?: true;
  /** Absent: an earlier version wrote it. */
  readonly prepared?: PreparedPolicies;
}

/** True if handlers decide the same by both. Versions, times and refusals do not count. */
export function decidesTheSame(a: CompiledConfiguration, b: CompiledConfiguration): boolean {
  return canonicalJson(decisive(a)) === canonicalJson(decisive(b));
}

function decisive({ policies, calendars = [], conditions = [], settings, pause }: CompiledConfiguration) {
  const content = ({ name, source, agents }: NamedPart) => ({ name, source, agents });
  return {
    policies: policies.map(content),
    calendars: calendars.map(content),
    conditions: conditions.map(content),
    settings: settings && { source: settings.source, isUncertain: settings.isUncertain === true },
    isPaused: pause !== undefined,
  };
}
