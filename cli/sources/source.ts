import type { EncodingProblem } from './decode.ts';

/** The text of a policy or of the settings. */
export interface Source {
  /** The path of the file, or the name of the parameter. */
  readonly file: string;
  /** Name of the policy; `settings` for the settings. */
  readonly name: string;
  readonly kind: 'policy' | 'settings';
  readonly text: string;
  /** Why the text cannot be trusted: its file is not in UTF-8. */
  readonly encodingProblem?: EncodingProblem;
}

/** Name of the parameter and of the file that hold the settings. */
export const SETTINGS_NAME = 'settings';

/** Name of the file in which push and pull note what they wrote, beside the policies. */
export const MANIFEST_NAME = '.escalator.json';

/** File extensions of policies and settings. */
export const FILE_EXTENSIONS = ['.yaml', '.yml', '.json'] as const;

/**
 * The file name without its extension: the name of the policy. Undefined for a name with none of the
 * {@link FILE_EXTENSIONS}. Windows and other systems write extensions in capital letters, too.
 */
export function sourceName(fileName: string): string | undefined {
  const extension = FILE_EXTENSIONS.find((one) => fileName.toLowerCase().endsWith(one));
  return extension && fileName.slice(0, -extension.length);
}

export function kindOf(name: string): Source['kind'] {
  return name === SETTINGS_NAME ? 'settings' : 'policy';
}

/** The name of the parameter below the prefix. */
export function parameterName({ kind, name }: Pick<Source, 'kind' | 'name'>): string {
  return kind === 'settings' ? SETTINGS_NAME : `policies/${name}`;
}
