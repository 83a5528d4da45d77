import { durationSeconds } from '../duration.ts';
import { compilePattern, fieldsUnder, type Pattern, withoutField } from '../pattern/index.ts';
import { schemaProblems } from '../problems.ts';
import { type Document, type PlacedProblem, readDocument } from './document.ts';
import type { Policy, Step } from './policy.ts';
import { type PolicySource, policySchema } from './schema.ts';
import { settingRouting } from './setting.ts';
import { stepProblems } from './step-problems.ts';

/** A policy that can be used, or all that is wrong with it. */
export type ParsedPolicy =
  | { readonly policy: Policy; readonly problems: readonly [] }
  | { readonly policy?: undefined; readonly problems: readonly PlacedProblem[] };

const NAME = /^[a-z0-9][a-z0-9-]*$/;

/**
 * Checks and compiles a policy in JSON or YAML. Never throws; reports every problem at once.
 *
 * @param name - the last part of the parameter's path: lower-case letters, digits and hyphens.
 */
export function parsePolicy(name: string, text: string): ParsedPolicy {
  const document = readDocument(text);
  if (document.problems.length > 0) return { problems: document.problems };
  const match = compileMatch(document);
  const problems = [
    ...nameProblems(name),
    ...schemaProblems(policySchema, document.value),
    ...match.problems,
    ...stepProblems(document.value),
  ].map(document.place);
  if (problems.length > 0) return { problems };
  return { policy: compile(name, document.value as PolicySource, match.pattern), problems: [] };
}

function compile(name: string, source: PolicySource, match: Pattern | undefined): Policy {
  const attributeNames = match ? fieldsUnder(match, 'attributes') : [];
  return {
    name,
    ...(source.description === undefined ? {} : { description: source.description }),
    precedence: source.precedence ?? 100,
    mode: source.mode ?? 'enforce',
    ...(match ? { match, matchWithoutAttributes: withoutField(match, 'attributes') } : {}),
    attributeNames,
    clock: source.clock ?? 'enqueued',
    allowLower: source.allowLower ?? false,
    steps: source.steps.map(compileStep),
  };
}

function compileStep(source: PolicySource['steps'][number]): Step {
  const when = source.by === undefined ? 'after' : 'by';
  return {
    when,
    seconds: durationSeconds(source.by ?? source.after ?? '') ?? 0,
    set: settingRouting(source.set),
  };
}

function compileMatch(document: Document) {
  const source = (document.value as { match?: unknown } | null | undefined)?.match;
  if (source === undefined) return { problems: [] };
  const { pattern, problems } = compilePattern(source);
  return { pattern, problems: problems.map((problem) => ({ ...problem, path: ['match', ...problem.path] })) };
}

function nameProblems(name: string) {
  if (NAME.test(name)) return [];
  const allowed = 'lower-case letters, digits and hyphens';
  return [
    {
      code: 'policy-name',
      path: [],
      message: `The policy's name is ${JSON.stringify(name)}; expected ${allowed}. Rename its parameter.`,
      found: name,
      allowed,
    },
  ];
}
