import type { JsonObject } from '../../lambda/domain/json.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import { booleanOrFalse, requiredString, requiredStrings } from './input.ts';
import type { ParameterVersion } from './parameter.ts';
import { parameterResponse } from './parameter-response.ts';
import type { ParameterStore } from './store.ts';

/** GetParameter: the latest version, or the one that `name:3` names. */
export function getParameter(input: JsonObject, store: ParameterStore): object {
  const asked = requiredString(input, 'Name');
  const { name, version } = parseSelection(asked, store);
  const found = findVersion(name, version, store);
  if (!found && version !== undefined && store.latest(name)) {
    throw new AwsError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${version} of ${name}. Verify the version and try again.`,
    );
  }
  if (!found) throw new AwsError('ParameterNotFound', `Parameter ${asked} not found.`);
  return { Parameter: selectionResponse(found, version, store, booleanOrFalse(input, 'WithDecryption')) };
}

/** GetParameters: up to 10 by name. Those that are not there are named in the answer; they are no error. */
export function getParameters(input: JsonObject, store: ParameterStore): object {
  const decrypt = booleanOrFalse(input, 'WithDecryption');
  const looked = requiredStrings(input, 'Names', 10).map((asked) => {
    const { name, version } = parseSelection(asked, store);
    return { asked, version, found: findVersion(name, version, store) };
  });
  return {
    Parameters: looked.flatMap(({ found, version }) =>
      found ? [selectionResponse(found, version, store, decrypt)] : [],
    ),
    InvalidParameters: looked.flatMap(({ asked, found }) => (found ? [] : [asked])),
  };
}

interface Selection {
  readonly name: string;
  readonly version: string | undefined;
}

/** A name may be an ARN, and may end in a version. */
function parseSelection(asked: string, store: ParameterStore): Selection {
  const arnPrefix = store.arn('/').slice(0, -1);
  const plain = asked.startsWith(arnPrefix) ? asked.slice(arnPrefix.length) : asked;
  const [name = '', version] = plain.split(':');
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

function selectionResponse(
  found: ParameterVersion,
  version: string | undefined,
  store: ParameterStore,
  decrypt: boolean,
): object {
  const selector = version === undefined ? {} : { Selector: `:${version}` };
  return { ...parameterResponse(found, store, decrypt), ...selector };
}
