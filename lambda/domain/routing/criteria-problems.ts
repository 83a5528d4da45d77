import { isObject, type JsonObject } from '../json.ts';
import { correction } from '../validation/correction.ts';
import { lengthProblem } from '../validation/list-problems.ts';
import {
  createProblem,
  type Path,
  type Problem,
  typeProblem,
  unknownKeyProblem,
} from '../validation/problem.ts';
import { closestMatch } from '../validation/suggestion.ts';
import { EXPRESSION_KINDS, MEMBERS_OF_OPERATOR } from './criteria.ts';

/**
 * A way in which routing criteria are not as Connect takes them. Codes: `missing`, `wrong-type`,
 * `unknown-key`, `not-allowed`, `out-of-range`, `expression-kind`, `misplaced-expression`, `misplaced-key`
 * and `repeated-attribute`.
 */
export type CriteriaProblem = Problem;

const NAMES = [...MEMBERS_OF_OPERATOR.keys()].map(String);

/** Signs that people write for the operators. */
const SIGNS: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  '>=': 'NumberGreaterOrEqualTo',
  '≥': 'NumberGreaterOrEqualTo',
  '..': 'Range',
});

/** DurationInSeconds is a 32-bit integer in the service model. */
const LONGEST_SECONDS = 2_147_483_647;

/**
 * All the ways in which a value is not what UpdateContactRoutingData takes as RoutingCriteria; none when it
 * is. Never throws, whatever the value. The SDK checks almost none of this.
 *
 * An attribute is a name with a value: `Language:English` and `Language:French` may stand in one expression,
 * `Language:English` twice may not.
 *
 * Source: Amazon Connect API reference, RoutingCriteriaInput; administrator guide, "Set routing criteria" and
 * "Set up routing based on agent proficiencies".
 */
export function routingCriteriaProblems(value: unknown): CriteriaProblem[] {
  return inObject(value, [], ['Steps'], 'an object with Steps', (criteria) =>
    inList(criteria.Steps, ['Steps'], 5, 'steps', (step, path, isLast) => stepProblems(step, path, isLast)),
  );
}

function stepProblems(value: unknown, path: Path, isLast: boolean): CriteriaProblem[] {
  return inObject(value, path, ['Expression', 'Expiry'], 'a step with an Expression', (step) => [
    ...expressionProblems(step.Expression, [...path, 'Expression'], 'step', new Set()),
    ...(isLast && step.Expiry === undefined ? [] : expiryProblems(step.Expiry, [...path, 'Expiry'])),
  ]);
}

function expiryProblems(value: unknown, path: Path): CriteriaProblem[] {
  const what = 'an Expiry with DurationInSeconds, which only the last step may do without';
  return inObject(value, path, ['DurationInSeconds'], what, (expiry) =>
    wholeNumber(expiry.DurationInSeconds, [...path, 'DurationInSeconds'], LONGEST_SECONDS),
  );
}

/** The position of an expression decides its kind: OR at the top only, AND at the top or in an OR. */
type Position = 'step' | 'branch' | 'condition';

const ALLOWED_KINDS: Record<Position, readonly string[]> = {
  step: EXPRESSION_KINDS,
  branch: ['AttributeCondition', 'NotAttributeCondition', 'AndExpression'],
  condition: ['AttributeCondition', 'NotAttributeCondition'],
};

function expressionProblems(
  value: unknown,
  path: Path,
  position: Position,
  seen: Set<string>,
): CriteriaProblem[] {
  const allowed = `exactly one of ${ALLOWED_KINDS[position].join(', ')}`;
  return inObject(value, path, EXPRESSION_KINDS, `an expression with ${allowed}`, (expression) => {
    const kinds = EXPRESSION_KINDS.filter((kind) => expression[kind] !== undefined);
    const wrongCount = kinds.length === 1 ? [] : [createProblem('expression-kind', path, kinds, allowed)];
    const inside = kinds.flatMap((kind) => {
      const at = [...path, kind];
      return ALLOWED_KINDS[position].includes(kind)
        ? kindProblems(kind, expression[kind], at, seen)
        : [createProblem('misplaced-expression', at, kind, allowed)];
    });
    return [...wrongCount, ...inside];
  });
}

function kindProblems(kind: string, value: unknown, path: Path, seen: Set<string>): CriteriaProblem[] {
  const each = (position: Position) => (inner: unknown, at: Path) =>
    expressionProblems(inner, at, position, seen);
  if (kind === 'OrExpression') return inList(value, path, 3, 'branches', each('branch'));
  if (kind === 'AndExpression') return inList(value, path, 8, 'conditions', each('condition'));
  return conditionProblems(value, path, seen);
}

function conditionProblems(value: unknown, path: Path, seen: Set<string>): CriteriaProblem[] {
  const known = ['ComparisonOperator', ...Object.keys(MEMBER_CHECKS)];
  return inObject(value, path, known, 'a condition with a ComparisonOperator', (condition) => {
    const operator = condition.ComparisonOperator;
    const members = MEMBERS_OF_OPERATOR.get(operator);
    const problems = repeatedAttribute(condition, path, seen);
    if (!members) {
      const code = operator === undefined ? 'missing' : 'not-allowed';
      const meant =
        typeof operator === 'string' ? (SIGNS[operator] ?? closestMatch(operator, NAMES)) : undefined;
      problems.push(
        createProblem(code, [...path, 'ComparisonOperator'], operator, `one of ${NAMES.join(', ')}`, meant),
      );
    }
    for (const [name, check] of Object.entries(MEMBER_CHECKS)) {
      const at = [...path, name];
      if (members?.includes(name) || (!members && condition[name] !== undefined)) {
        problems.push(...check(condition[name], at));
      } else if (condition[name] !== undefined) {
        problems.push(createProblem('misplaced-key', at, name, `${members?.join(', ')} with ${operator}`));
      }
    }
    return problems;
  });
}

function repeatedAttribute({ Name, Value }: JsonObject, path: Path, seen: Set<string>): CriteriaProblem[] {
  if (typeof Name !== 'string' || typeof Value !== 'string') return [];
  const attribute = JSON.stringify([Name, Value]);
  if (!seen.has(attribute)) {
    seen.add(attribute);
    return [];
  }
  return [
    createProblem('repeated-attribute', path, `${Name}:${Value}`, 'each attribute once in an expression'),
  ];
}

const MEMBER_CHECKS: Record<string, (value: unknown, path: Path) => CriteriaProblem[]> = {
  Name: (value, path) => text(value, path, 100),
  Value: (value, path) => text(value, path, 128),
  ProficiencyLevel: (value, path) => wholeNumber(value, path, 5),
  Range: rangeProblems,
  MatchCriteria: matchProblems,
};

function rangeProblems(value: unknown, path: Path): CriteriaProblem[] {
  const bounds = ['MinProficiencyLevel', 'MaxProficiencyLevel'] as const;
  return inObject(value, path, bounds, `a range with ${bounds.join(' and ')}`, (range) => {
    const problems = bounds.flatMap((bound) => wholeNumber(range[bound], [...path, bound], 5));
    if (problems.length > 0 || Number(range.MinProficiencyLevel) <= Number(range.MaxProficiencyLevel))
      return problems;
    return [
      createProblem(
        'out-of-range',
        path,
        range,
        'a MinProficiencyLevel that is not above MaxProficiencyLevel',
      ),
    ];
  });
}

function matchProblems(value: unknown, path: Path): CriteriaProblem[] {
  return inObject(value, path, ['AgentsCriteria'], 'an object with AgentsCriteria', (match) => {
    const inner = [...path, 'AgentsCriteria'];
    return inObject(match.AgentsCriteria, inner, ['AgentIds'], 'an object with AgentIds', (agents) =>
      inList(agents.AgentIds, [...inner, 'AgentIds'], 10, 'user ids', (id, at) => text(id, at, 256)),
    );
  });
}

function inObject(
  value: unknown,
  path: Path,
  known: readonly string[],
  allowed: string,
  inside: (object: JsonObject) => CriteriaProblem[],
): CriteriaProblem[] {
  if (!isObject(value)) return [typeProblem(path, value, allowed)];
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  return [...unknown.map((key) => unknownKeyProblem([...path, key], key, known)), ...inside(value)];
}

function inList(
  value: unknown,
  path: Path,
  most: number,
  things: string,
  inside: (element: unknown, path: Path, isLast: boolean) => CriteriaProblem[],
): CriteriaProblem[] {
  const allowed = `a list of 1 to ${most} ${things}`;
  if (!Array.isArray(value)) return [typeProblem(path, value, allowed)];
  const fits = value.length >= 1 && value.length <= most;
  const problems = fits ? [] : [lengthProblem(path, value, allowed)];
  return [
    ...problems,
    ...value.flatMap((element, index) => inside(element, [...path, index], index === value.length - 1)),
  ];
}

/** The problem of a value of the wrong type, with what to write instead. */
function corrected(
  problem: CriteriaProblem,
  expected: string,
  accepts: (value: unknown) => boolean,
): CriteriaProblem {
  const { found, allowed = '', message } = problem;
  return { ...problem, message: message + correction(found, expected, allowed, accepts) };
}

function text(value: unknown, path: Path, longest: number): CriteriaProblem[] {
  const allowed = `a string of 1 to ${longest} characters`;
  const accepts = (text: unknown) => typeof text === 'string' && text.length <= longest;
  if (typeof value !== 'string') return [corrected(typeProblem(path, value, allowed), 'string', accepts)];
  return value.length < 1 || value.length > longest
    ? [createProblem('out-of-range', path, value, allowed)]
    : [];
}

function wholeNumber(value: unknown, path: Path, most: number): CriteriaProblem[] {
  const allowed = `a whole number from 1 to ${most}`;
  const accepts = (number: unknown) =>
    Number.isInteger(number) && Number(number) >= 1 && Number(number) <= most;
  if (typeof value !== 'number') return [corrected(typeProblem(path, value, allowed), 'int', accepts)];
  return accepts(value) ? [] : [createProblem('out-of-range', path, value, allowed)];
}
