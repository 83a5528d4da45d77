import type { JsonObject } from '../../lambda/domain/json.ts';
import { AwsError } from '../aws-error.ts';
import { parameterAnswer } from './answer.ts';
import { flag, text, texts } from './input.ts';
import type { ParameterVersion } from './parameter.ts';
import type { ParameterStore } from './store.ts';

/** GetParameter: the latest version, or the one that `name:3` names. */
export function getParameter(input: JsonObject, store: ParameterStore): object {
  const asked = text(input, 'Name');
  const { name, version } = selected(asked, store);
  const found = find(name, version, store);
  if (!found && version !== undefined && store.latest(name)) {
    throw new AwsError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${version} of ${name}. Verify the version and try again.`,
    );
  }
  if (!found) throw new AwsError('ParameterNotFound', `Parameter ${asked} not found.`);
  return { Parameter: answer(found, version, store, flag(input, 'WithDecryption')) };
}

/** GetParameters: up to 10 by name. Those that are not there are named in the answer; they are no error. */
export function getParameters(input: JsonObject, store: ParameterStore): object {
  const decrypt = flag(input, 'WithDecryption');
  const looked = texts(input, 'Names', 10).map((asked) => {
    const { name, version } = selected(asked, store);
    return { asked, version, found: find(name, version, store) };
  });
  return {
    Parameters: looked.flatMap(({ found, version }) =>
      found ? [answer(found, version, store, decrypt)] : [],
    ),
    InvalidParameters: looked.flatMap(({ asked, found }) => (found ? [] : [asked])),
  };
}

interface Selection {
  readonly name: string;
  readonly version: string | undefined;
}

/** A name may be an ARN, and may end in a version. */
function selected(asked: string, store: ParameterStore): Selection {
  const arnPrefix = store.arn('/').slice(0, -1);
  const plain = asked.startsWith(arnPrefix) ? asked.slice(arnPrefix.length) : asked;
  const [name = '', version] = plain.split(':');
  return { name, version };
}

function find(
  name: string,
  version: string | undefined,
  store: ParameterStore,
): ParameterVersion | undefined {
  if (version === undefined) return store.latest(name);
  return store.versions(name).find((candidate) => String(candidate.version) === version);
}

function answer(
  found: ParameterVersion,
  version: string | undefined,
  store: ParameterStore,
  decrypt: boolean,
): object {
  const selector = version === undefined ? {} : { Selector: `:${version}` };
  return { ...parameterAnswer(found, store, decrypt), ...selector };
}
