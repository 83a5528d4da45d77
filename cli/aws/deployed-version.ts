import type { Deployment } from '../../lambda/aws/deployment.ts';
import { VERSION } from '../../lambda/domain/version.ts';
import type { CommandIo } from '../command-io.ts';
import type { AwsOptions, PrefixOptions } from '../options/aws.ts';
import { findDeployment } from './deployment.ts';

/** The commands that have warned. A command may read the deployment more than once. */
const warned = new WeakSet<object>();

/** Warns once if another version of this project made the deployment: the two may differ in what is valid. */
export function warnOfOtherVersion(
  { version }: Pick<Deployment, 'version'>,
  io: Pick<CommandIo, 'err'>,
): void {
  if (version === VERSION || warned.has(io)) return;
  warned.add(io);
  const [deployed, remedy] =
    version === undefined
      ? ['a version that does not state its number', '']
      : [`version ${version}`, `, or run npx connect-escalator@${version}`];
  io.err(
    `escalator: warning: This is version ${VERSION}, but ${deployed} is deployed. ` +
      `Deploy this version${remedy}.\n`,
  );
}

/** Like {@link warnOfOtherVersion}, for commands that work without the parameter of the deployment. */
export async function warnIfOtherVersionIsDeployed(
  options: AwsOptions & PrefixOptions,
  io: Pick<CommandIo, 'err'>,
): Promise<void> {
  const deployment = await findDeployment(options).catch(() => undefined);
  if (deployment) warnOfOtherVersion(deployment, io);
}
