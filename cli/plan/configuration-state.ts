import type { CompiledConfiguration } from '../../lambda/domain/configuration/compiled.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { readDocument } from '../../lambda/domain/validation/document.ts';
import { partsByParameter } from '../aws/configuration-in-force.ts';
import { parameterName, SETTINGS_NAME, type Source } from '../sources/source.ts';
import { isError, validateSources } from '../sources/validate.ts';

/** What is in force once parameters are compiled: the valid ones, and of the others the last valid versions. */
export interface ConfigurationState {
  readonly policies: readonly Policy[];
  readonly settings: Settings;
  /** What the texts in force hold, by the name of the parameter below the prefix. */
  readonly contents: ReadonlyMap<string, unknown>;
}

/**
 * What is in force once these texts are in SSM and compiled.
 *
 * @param compiled - what is in force now: it replaces what is not valid, and settings that do not exist any more.
 */
export function configurationState(
  sources: readonly Source[],
  compiled: CompiledConfiguration | undefined,
): ConfigurationState {
  const parts = compiled ? partsByParameter(compiled) : new Map();
  const lastValid = (source: Pick<Source, 'kind' | 'name'>, file: string): Source[] => {
    const part = parts.get(parameterName(source));
    return part ? [{ ...source, file, text: JSON.stringify(part.source) }] : [];
  };
  const invalid = new Set(
    validateSources(sources)
      .findings.filter(isError)
      .map(({ source }) => source),
  );
  const settings = { kind: 'settings', name: SETTINGS_NAME } as const;
  const inForce = [
    ...sources.flatMap((source) => (invalid.has(source) ? lastValid(source, source.file) : [source])),
    ...(sources.some(({ kind }) => kind === 'settings') ? [] : lastValid(settings, SETTINGS_NAME)),
  ];
  const validated = validateSources(inForce);
  return {
    policies: validated.policies,
    settings: validated.settings,
    contents: new Map(
      inForce.map((source) => [parameterName(source), readDocument(source.text).value] as const),
    ),
  };
}
