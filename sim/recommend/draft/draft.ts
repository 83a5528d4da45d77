import { type Document, isNode, type Node, parseDocument } from 'yaml';
import { freePlaces } from '../../../lambda/domain/policy/free-places.ts';
import { type LocatedProblem, readDocument } from '../../../lambda/domain/validation/document.ts';
import { createProblem, type Path, type Problem } from '../../../lambda/domain/validation/problem.ts';
import { edited, type TextEdit } from './text-edit.ts';

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
 * The text of the policy for chosen values. All else stays as it was written.
 *
 * @param chosen - the index of the value of each choice.
 * @returns undefined where no step is left.
 */
export function policyText({ text, choices }: Draft, chosen: readonly number[]): string | undefined {
  if (choices.length === 0) return text;
  const document = parseDocument(text, { merge: true });
  const left = new Set<number>();
  const edits = choices.flatMap(({ path, values }, index): TextEdit[] => {
    const at = chosen[index] ?? 0;
    if (values[at] === NEVER && isTime(path)) left.add(Number(path[1]));
    const [from, to] = rangeOf(document, path);
    const [valueFrom, valueTo] = rangeOf(document, [...path, 'try', at]);
    return [{ from, to, text: text.slice(valueFrom, valueTo) }];
  });
  return withoutSteps(edited(text, edits), left);
}

/** True for a choice that does not count, because another one leaves its step out. */
export function isLeftOut({ path }: Choice, choices: readonly Choice[], chosen: readonly number[]): boolean {
  return choices.some(
    (other, index) =>
      other.path[0] === path[0] &&
      other.path[1] === path[1] &&
      isTime(other.path) &&
      other.path[2] !== path[2] &&
      other.values[chosen[index] ?? 0] === NEVER,
  );
}

function rangeOf(document: Document, path: Path): readonly [from: number, to: number] {
  const node: unknown = document.getIn(path, true);
  if (!isNode(node) || !node.range) throw new RangeError(`The draft has nothing at ${path.join('.')}.`);
  return [node.range[0], node.range[1]];
}

/** Leaves steps out; undefined where nothing is left. */
function withoutSteps(text: string, left: ReadonlySet<number>): string | undefined {
  if (left.size === 0) return text;
  const document = parseDocument(text, { merge: true });
  const { steps = [], target } = document.toJS() as { steps?: readonly unknown[]; target?: unknown };
  if (steps.length === left.size) {
    if (target === undefined) return undefined;
    document.delete('steps');
    return String(document);
  }
  const items = steps.map((_, index) => document.getIn(['steps', index], true) as Node);
  const starts = items.map(({ range }) => text.lastIndexOf('\n', range?.[0] ?? 0) + 1);
  const areLines = items.every(({ range }, index) => /^ *- *$/.test(text.slice(starts[index], range?.[0])));
  if (areLines) {
    const edits = [...left].map((index) => ({
      from: starts[index] ?? 0,
      to: starts[index + 1] ?? items[index]?.range?.[2] ?? text.length,
      text: '',
    }));
    return edited(text, edits);
  }
  // From the last one on, so that the indexes of the others stay.
  for (const index of [...left].sort((a, b) => b - a)) document.deleteIn(['steps', index]);
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
      return [
        createProblem(
          'try',
          place,
          value,
          'a value; never leaves out a step, so it stands at after, by or from',
        ),
      ];
    }
    if (values.indexOf(value) < index) return [createProblem('try', place, value, 'each value once')];
    const isScalar = typeof value === 'string' || typeof value === 'number';
    return isScalar ? [] : [createProblem('try', place, value, 'a text or a number')];
  });
}

function isTime(path: Path): boolean {
  return path[0] === 'steps' && path.length === 3 && TIMES.includes(String(path[2]));
}
