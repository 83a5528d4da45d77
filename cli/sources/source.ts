/** A policy, or the settings, as somebody wrote it. */
export interface Source {
  /** Where it is from, as people know it: a path, or a parameter's name. */
  readonly file: string;
  /** Name of the policy; for the settings `settings`. */
  readonly name: string;
  readonly kind: 'policy' | 'settings';
  readonly text: string;
}

/** Name of the parameter and of the file that hold the settings. */
export const SETTINGS_NAME = 'settings';

/** The endings of files that hold policies and settings. */
export const FILE_EXTENSIONS = ['.yaml', '.yml', '.json'] as const;

/** A file's name without its ending: the name of its policy. Undefined where the ending is none of {@link FILE_EXTENSIONS}. */
export function sourceName(fileName: string): string | undefined {
  const ending = FILE_EXTENSIONS.find((one) => fileName.endsWith(one));
  return ending && fileName.slice(0, -ending.length);
}

/** What a file or parameter of that name holds. */
export function kindOf(name: string): Source['kind'] {
  return name === SETTINGS_NAME ? 'settings' : 'policy';
}

/** The part of a parameter's name after the prefix. */
export function parameterName({ kind, name }: Pick<Source, 'kind' | 'name'>): string {
  return kind === 'settings' ? SETTINGS_NAME : `policies/${name}`;
}
