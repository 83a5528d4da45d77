import { basename, resolve } from 'node:path';
import type { Condition } from '../../lambda/domain/condition/condition.ts';
import { defined } from '../../lambda/domain/json.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { type ReadIo, readBeside, readSources } from './read.ts';
import { isShared, type Source } from './source.ts';
import { type Finding, isError, validateSources } from './validate.ts';

/** A policy set from a directory or file. */
export interface PolicySetSource {
  readonly policies: readonly Policy[];
  /** The texts of the set: policies, what they share, and settings. */
  readonly sources: readonly Source[];
  /** The conditions that they name. */
  readonly conditions: readonly Condition[];
  /** The settings of the set, or the given ones. Undefined if there are neither. */
  readonly settings: Settings | undefined;
  readonly hasPolicySources: boolean;
  /** Problems, without warnings. */
  readonly errors: readonly Finding[];
}

/** The texts of a policy set. */
export interface SetSources {
  readonly policies: readonly Source[];
  readonly shared: readonly Source[];
  readonly settings: readonly Source[];
}

/**
 * Reads the texts of a policy set from a directory or file. Of what lies beside a file, only what policies share is read.
 *
 * @throws UsageError when the path is not usable.
 */
export async function readSetSources(path: string, io: ReadIo): Promise<SetSources> {
  const files = await readSources([path], io);
  const beside = await readBeside(files, io.cwd);
  return {
    policies: files.filter(({ kind }) => kind === 'policy'),
    shared: [...files, ...beside].filter(({ kind }) => isShared(kind)),
    settings: files.filter(isSettings),
  };
}

/**
 * Reads the policies of a set, and its settings.
 *
 * @param settings - replace the settings of the set.
 * @param otherSettings - the settings in force for a set without settings. Default: the default settings.
 * @throws UsageError when the path is not usable.
 */
export async function readPolicySet(
  path: string,
  io: ReadIo,
  settings?: Source,
  otherSettings?: Settings,
): Promise<PolicySetSource> {
  const files = await readSetSources(path, io);
  const own = settings ? [{ ...settings, kind: 'settings' as const }] : files.settings;
  const sources: Source[] = [...files.policies, ...files.shared, ...own];
  const validated = validateSources(sources, defined({ settings: otherSettings }));
  return {
    policies: validated.policies,
    sources,
    conditions: validated.conditions,
    settings: sources.some(isSettings) ? validated.settings : undefined,
    hasPolicySources: files.policies.length > 0,
    errors: validated.findings.filter(isError),
  };
}

function isSettings({ kind }: Source): boolean {
  return kind === 'settings';
}

/** Names for policy sets: the last part of each path if that is unique, otherwise the whole path. */
export function policySetNames(paths: readonly string[], cwd: string): string[] {
  const names = paths.map((path) => basename(resolve(cwd, path)));
  return paths.map((path, index) => {
    const name = names[index] ?? path;
    return names.filter((other) => other === name).length > 1 ? path : name;
  });
}
