import { parseDocument } from 'yaml';
import { freePlaces } from '../../../lambda/domain/policy/free-places.ts';
import { type LocatedProblem, readDocument } from '../../../lambda/domain/validation/document.ts';
import { createProblem, type Path, type Problem } from '../../../lambda/domain/validation/problem.ts';

/** The value of a time that leaves its step out. */
export const NEVER = 'never';

/** The members of a step that say when it is reached. */
const TIMES = ['after', 'by', 'from'];

/** What is free in a draft, and what it may be. */
export interface Choice {
  /** The place in the document: `steps`, 0, `after`. */
  readonly path: Path;
  /** At least one. */
  readonly values: readonly (string | number)[];
}

/** A draft of a policy: its text, and what is free in it. */
export interface Draft {
  readonly name: string;
  readonly text: string;
  /** In the order of the text; none in a policy that is given as it is. */
  readonly choices: readonly Choice[];
}

/** Reads what is free in the text of a policy. What is wrong with the rest shows when a policy is made of it. */
export function parseDraft(
  name: string,
  text: string,
): { readonly draft: Draft; readonly problems: readonly LocatedProblem[] } {
  const document = readDocument(text);
  const places = document.problems.length > 0 ? [] : freePlaces(document.value);
  const problems = places.flatMap(({ path, values }) => choiceProblems(path, values));
  const choices = problems.length > 0 ? [] : places.map(({ path, values }) => ({ path, values }) as Choice);
  return { draft: { name, text, choices }, problems: problems.map(document.locate) };
}

/**
 * The text of the policy for chosen values. Comments and the form of the text stay.
 *
 * @param chosen - the index of the value of each choice.
 * @returns undefined where no step is left.
 */
export function policyText({ text, choices }: Draft, chosen: readonly number[]): string | undefined {
  if (choices.length === 0) return text;
  const document = parseDocument(text, { merge: true });
  const left = new Set<number>();
  for (const [index, { path, values }] of choices.entries()) {
    const value = values[chosen[index] ?? 0];
    if (value === NEVER && isTime(path)) left.add(Number(path[1]));
    else document.setIn(path, value);
  }
  // From the last one on, so that the indexes of the others stay.
  for (const index of [...left].sort((a, b) => b - a)) document.deleteIn(['steps', index]);
  const { steps, target } = document.toJS() as { steps?: readonly unknown[]; target?: unknown };
  if (steps?.length === 0) document.delete('steps');
  if ((steps?.length ?? 0) === 0 && target === undefined) return undefined;
  return String(document);
}

function choiceProblems(path: Path, values: unknown): Problem[] {
  const allowed = 'a list of at least one value, such as { try: [0s, 30s, 60s] }';
  if (!Array.isArray(values) || values.length === 0) {
    return [createProblem('try', [...path, 'try'], values, allowed)];
  }
  return values.flatMap((value: unknown, index) => {
    const place = [...path, 'try', index];
    if (value === NEVER && !isTime(path)) {
      return [createProblem('try', place, value, 'a value; never leaves out a step, so it stands at after, by or from')];
    }
    if (values.indexOf(value) < index) return [createProblem('try', place, value, 'each value once')];
    const isScalar = typeof value === 'string' || typeof value === 'number';
    return isScalar ? [] : [createProblem('try', place, value, 'a text or a number')];
  });
}

function isTime(path: Path): boolean {
  return path[0] === 'steps' && path.length === 3 && TIMES.includes(String(path[2]));
}
