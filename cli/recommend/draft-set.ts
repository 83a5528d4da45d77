import type { Settings } from '../../lambda/domain/settings.ts';
import { readDocument } from '../../lambda/domain/validation/document.ts';
import type { Path, Problem } from '../../lambda/domain/validation/problem.ts';
import { type Choice, type Draft, NEVER, parseDraft, policyText } from '../../sim/recommend/draft/draft.ts';
import type { Point } from '../../sim/recommend/search/space.ts';
import { UsageError } from '../errors.ts';
import { readSetSources } from '../sources/policy-sets.ts';
import type { ReadIo } from '../sources/read.ts';
import type { Source } from '../sources/source.ts';
import { type Finding, isError, type ValidatedSources, validateSources } from '../sources/validate.ts';

/** A choice with the policy that has it. */
export interface NamedChoice extends Choice {
  readonly policy: string;
}

/** Policies of which some values are free, and what belongs to them. */
export interface DraftSet {
  readonly choices: readonly NamedChoice[];
  /** The policies for the values of a point, in the order of their files, and what belongs to them. */
  sourcesAt(point: Point): Source[];
  /** The policies that have choices. */
  readonly drafts: readonly string[];
}

/**
 * Reads the drafts of a directory or file.
 *
 * @returns the set, or its problems.
 * @throws UsageError when the path is not usable, or nothing in it is free.
 */
export async function readDraftSet(
  path: string,
  settings: Settings,
  io: ReadIo,
): Promise<{ set: DraftSet; errors: readonly Finding[] }> {
  const { policies, shared, settings: own } = await readSetSources(path, io);
  const parsed = policies.map((source) => ({ source, ...parseDraft(source.name, source.text) }));
  const drafts = parsed.map(({ source, draft }) => ({ source, draft }));
  const choices = drafts.flatMap(({ draft }) =>
    draft.choices.map((choice) => ({ ...choice, policy: draft.name })),
  );
  const set: DraftSet = {
    choices,
    drafts: drafts.flatMap(({ draft }) => (draft.choices.length > 0 ? [draft.name] : [])),
    sourcesAt: (point) => [...policiesAt(drafts, point), ...shared, ...own],
  };
  const errors = parsed.flatMap(({ source, problems }) =>
    problems.map((problem): Finding => ({ severity: 'error', source, ...problem })),
  );
  if (errors.length > 0) return { set, errors };
  if (choices.length === 0) throw new UsageError(nothingFree(path));
  return { set, errors: valueErrors(set, drafts, settings) };
}

/** The sources at a point, validated. */
export function validateAt(set: DraftSet, point: Point, settings: Settings): ValidatedSources {
  return validateSources(set.sourcesAt(point), { settings });
}

interface SourceDraft {
  readonly source: Source;
  readonly draft: Draft;
}

function policiesAt(drafts: readonly SourceDraft[], point: Point): Source[] {
  let first = 0;
  return drafts.flatMap(({ source, draft }) => {
    const chosen = point.slice(first, first + draft.choices.length);
    first += draft.choices.length;
    const text = policyText(draft, chosen);
    return text === undefined ? [] : [{ ...source, text }];
  });
}

/**
 * The problems of the draft with its first values, and of each other value by itself. Values that are valid alone and do
 * not fit together, such as those of a second step before the first one, are no problem: their candidates are left out.
 */
function valueErrors(set: DraftSet, drafts: readonly SourceDraft[], settings: Settings): Finding[] {
  const first = set.choices.map(() => 0);
  const errors = validateAt(set, first, settings).findings.filter(isError);
  if (errors.length > 0) return errors.map((error) => inDraft(error, drafts, set, first));
  return set.choices.flatMap(({ policy, path, values }, choice) =>
    values.flatMap((value, index) => {
      if (index === 0 || value === NEVER) return [];
      const point = first.with(choice, index);
      return validateAt(set, point, settings)
        .findings.filter((one) => isError(one) && one.source.name === policy && beginsWith(one.path, path))
        .map((error) => inDraft(error, drafts, set, point));
    }),
  );
}

/** The finding at its place in the text of the draft. */
function inDraft(finding: Finding, drafts: readonly SourceDraft[], set: DraftSet, point: Point): Finding {
  const original = drafts.find(({ source }) => source.file === finding.source.file)?.source;
  if (!original) return finding;
  const index = set.choices.findIndex(
    ({ policy, path }) => policy === original.name && beginsWith(finding.path, path),
  );
  const choice = set.choices[index];
  const path = choice ? [...choice.path, 'try', point[index] ?? 0] : finding.path;
  const { code, message, found, allowed } = finding;
  const problem: Problem = { code, path, message, found, ...(allowed !== undefined && { allowed }) };
  return { severity: 'error', source: original, ...readDocument(original.text).locate(problem) };
}

function beginsWith(path: Path, beginning: Path): boolean {
  return beginning.every((part, index) => path[index] === part);
}

function nothingFree(path: string): string {
  return (
    `Nothing in ${path} is free, so there is nothing to choose. Mark values in a policy, such as ` +
    'after: { try: [0s, 30s, 60s] }; to judge policies as they are, use escalator simulate --goals.'
  );
}
