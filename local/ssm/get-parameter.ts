import type { JsonObject } from '../../lambda/domain/json.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import { booleanOrFalse, requiredString } from './input.ts';
import type { ParameterVersion } from './parameter.ts';
import { parameterResponse } from './parameter-response.ts';
import type { ParameterStore } from './store.ts';

/** GetParameter: the latest version, or the version that a selector such as `name:3` names. */
export function getParameter(input: JsonObject, store: ParameterStore): object {
  const requested = requiredString(input, 'Name');
  const { name, version } = parseSelector(requested, store);
  const parameter = findVersion(name, version, store);
  if (!parameter && version !== undefined && store.latest(name)) {
    throw new AwsError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${version} of ${name}. Verify the version and try again.`,
    );
  }
  if (!parameter) throw new AwsError('ParameterNotFound', `Parameter ${requested} not found.`);
  return {
    Parameter: {
      ...parameterResponse(parameter, store, booleanOrFalse(input, 'WithDecryption')),
      Selector: version === undefined ? undefined : `:${version}`,
    },
  };
}

/** Splits a name or an ARN, with or without a version, into its parts. */
function parseSelector(
  requested: string,
  store: ParameterStore,
): { readonly name: string; readonly version: string | undefined } {
  const arnPrefix = store.arn('/').slice(0, -1);
  const selector = requested.startsWith(arnPrefix) ? requested.slice(arnPrefix.length) : requested;
  const [name = '', version] = selector.split(':');
  return { name, version };
}

function findVersion(
  name: string,
  version: string | undefined,
  store: ParameterStore,
): ParameterVersion | undefined {
  if (version === undefined) return store.latest(name);
  return store.versions(name).find((candidate) => String(candidate.version) === version);
}
