import { isParameterName } from '../../lambda/domain/validation/parameter-name-problem.ts';
import type { CommandIo } from '../command-io.ts';
import { isShared, SETTINGS_NAME } from '../sources/source.ts';
import type { StoredParameter } from './parameter-store.ts';

/** Whether a parameter can be a file: its name is safe, and no file of a policy is the settings. */
export function canBeFile({ kind, name }: Pick<StoredParameter, 'kind' | 'name'>): boolean {
  if (kind === 'settings') return true;
  return isParameterName(name) && (isShared(kind) || name !== SETTINGS_NAME);
}

/** The parameters that can be files. Says which cannot. */
export function selectFiles(
  parameters: readonly StoredParameter[],
  io: Pick<CommandIo, 'err'>,
): StoredParameter[] {
  for (const { file, kind } of parameters.filter((one) => !canBeFile(one))) {
    const except = kind === 'policy' ? `, and not ${SETTINGS_NAME}` : '';
    io.err(
      `${file} is skipped: its name is not valid for a ${kind} (lower-case letters, digits and hyphens${except}).\n`,
    );
  }
  return parameters.filter(canBeFile);
}

/** Says which parameters are encrypted. @returns whether any is. */
export function reportEncrypted(parameters: readonly StoredParameter[], io: Pick<CommandIo, 'err'>): boolean {
  const encrypted = parameters.filter(isEncrypted);
  for (const { file } of encrypted) io.err(`${formatEncrypted(file)}\n`);
  return encrypted.length > 0;
}

/** Says that a parameter is encrypted, and what to do. */
export function formatEncrypted(path: string): string {
  return (
    `${path} is a SecureString: its text is encrypted, and neither this command nor the system can read it. ` +
    `Write its text to a file, delete the parameter (aws ssm delete-parameter --name ${path}), and push ` +
    'the file: push writes parameters of the type String.'
  );
}

export function isEncrypted({ type }: Pick<StoredParameter, 'type'>): boolean {
  return type === 'SecureString';
}
