import { DEPLOYMENT_PARAMETER } from '../../lambda/aws/deployment.ts';
import type { CommandIo } from '../command-io.ts';
import type { ParameterStore } from './parameter-store.ts';

/** A sentence for parameters that no deployment reads. */
export function formatNoDeployment(prefix: string): string {
  return (
    `No deployment reads these parameters: ${prefix}/${DEPLOYMENT_PARAMETER} does not exist. Check --prefix, ` +
    '--region and the AWS profile, or deploy the stack.\n'
  );
}

/** Says so if no deployment reads the parameters. @returns whether one does. */
export async function reportDeployment(
  store: ParameterStore,
  prefix: string,
  io: Pick<CommandIo, 'err'>,
): Promise<boolean> {
  const hasDeployment = (await store.get(DEPLOYMENT_PARAMETER)) !== undefined;
  if (!hasDeployment) io.err(formatNoDeployment(prefix));
  return hasDeployment;
}
