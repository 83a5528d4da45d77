import type { Deployment } from '../../../lambda/aws/deployment.ts';
import { VERSION } from '../../../lambda/domain/version.ts';
import { ok, type Verdict, warning } from '../finding.ts';

/** Compares the version of this command with the deployed one. */
export function checkVersion({ version }: Pick<Deployment, 'version'>): Verdict {
  if (version === VERSION) return ok(`Version ${VERSION} is deployed, and this is it.`);
  const deployed = version === undefined ? 'a version that does not state its number' : `version ${version}`;
  return warning(
    `This is version ${VERSION}, but ${deployed} is deployed.`,
    `Deploy version ${VERSION}${version === undefined ? '' : `, or run npx connect-escalator@${version} doctor`}.`,
  );
}
