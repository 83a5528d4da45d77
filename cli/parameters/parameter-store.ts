import {
  DeleteParameterCommand,
  GetParameterCommand,
  type Parameter,
  PutParameterCommand,
  paginateGetParameterHistory,
  paginateGetParametersByPath,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { DEPLOYMENT_PARAMETER } from '../../lambda/aws/deployment.ts';
import { isMeantAsPause, isMisnamedPause } from '../../lambda/domain/configuration/parameter-name.ts';
import { callAws } from '../aws/call-aws.ts';
import { clientConfig } from '../aws/clients.ts';
import { warnOfOtherVersion } from '../aws/deployed-version.ts';
import { parseVersion } from '../aws/deployment.ts';
import type { CommandIo } from '../command-io.ts';
import { type AwsOptions, type PrefixOptions, validatePrefix } from '../options/aws.ts';
import { fromParameterName, parameterName, type Source } from '../sources/source.ts';
import { type Location, readLocation } from './location.ts';
import { createPacer, retryThrottled } from './pacing.ts';
import { parseInstanceIds } from './served-instances.ts';
import { parseStackParameters } from './stack-parameters.ts';

/** Name, below the prefix, of the parameter that stops all calls while it exists. */
export const PAUSE_PARAMETER = 'pause';

/** The description of every parameter that this command writes. `push --prune` deletes no others. */
export const DESCRIPTION = 'Written by the escalator command.';

/** A policy, what policies share, or the settings as SSM has it. `file` is the name of the parameter. */
export interface StoredParameter extends Source {
  readonly version: number;
  /** `String`, unless another tool wrote it. */
  readonly type: string;
}

/** One version of a parameter. */
export interface ParameterVersion {
  readonly version: number;
  readonly text: string;
  readonly type: string;
  readonly description?: string;
  /** Milliseconds since the epoch. */
  readonly modifiedAt?: number;
  /** ARN of the principal that wrote it. */
  readonly modifiedBy?: string;
}

/** What SSM has below the prefix. */
export interface Snapshot {
  readonly location: Location;
  /** All policies, calendars, conditions and settings, sorted by name. */
  readonly parameters: readonly StoredParameter[];
  /** The parameter that stops all calls. Undefined while it does not exist. */
  readonly pause?: Pick<StoredParameter, 'text' | 'type'>;
  /** The names of parameters that the system takes for the pause, such as `/connect-escalator/Pause`. */
  readonly otherPauses: readonly string[];
  /** The names of parameters that were meant as the pause, and that nothing reads, such as `/connect-escalator/paused`. */
  readonly misnomers: readonly string[];
  /** Whether a deployment has written its parameter, so that something reads the others. */
  readonly hasDeployment: boolean;
  /** Ids of the instances that the deployment serves. Undefined where it does not state them. */
  readonly instanceIds?: readonly string[] | undefined;
  /** Names, below the prefix, of the parameters that the stack writes. */
  readonly stackParameters: ReadonlySet<string>;
}

/** A parameter that was looked for by its name. */
export interface FoundParameter extends Pick<StoredParameter, 'text' | 'type' | 'version'> {
  readonly location: Location;
}

/** A version that was written. */
export interface WrittenVersion {
  readonly version: number;
  readonly tier: string;
}

/** The parameters in SSM. Each method throws AwsError when a request fails. */
export interface ParameterStore {
  snapshot(): Promise<Snapshot>;
  /** Writes a new version of a parameter that exists. */
  overwrite(parameter: string, text: string): Promise<WrittenVersion>;
  /** Writes a parameter that does not exist. @returns undefined when it does exist. */
  create(parameter: string, text: string): Promise<WrittenVersion | undefined>;
  /** @returns whether there was such a parameter. */
  delete(parameter: string): Promise<boolean>;
  /** @returns undefined when there is no such parameter. */
  get(parameter: string): Promise<FoundParameter | undefined>;
  /** The versions in SSM, oldest first. SSM keeps the last 100. */
  history(parameter: string): Promise<ParameterVersion[]>;
  /** Ends its connections. A command that ends needs not call it. */
  close(): void;
}

/** @throws UsageError when the prefix is not an SSM path. */
export function openParameterStore(
  { prefix, ...options }: AwsOptions & PrefixOptions,
  io: Pick<CommandIo, 'sleep' | 'err'>,
): ParameterStore {
  validatePrefix(prefix);
  const client = new SSMClient(clientConfig(options));
  const pacer = createPacer(io);
  const call = <T>(action: string, request: () => Promise<T>) =>
    callAws(action, () => retryThrottled(io, request));
  const put = (parameter: string, text: string, overwrite: boolean): Promise<WrittenVersion> =>
    call(`write ${prefix}/${parameter}`, async () => {
      await pacer.next();
      const { Version: version = 0, Tier: tier = 'Standard' } = await client.send(
        new PutParameterCommand({
          Name: `${prefix}/${parameter}`,
          Value: text,
          Type: 'String',
          Description: DESCRIPTION,
          Overwrite: overwrite,
          // Makes an advanced parameter of more than 4 KB. An advanced parameter remains advanced.
          Tier: 'Intelligent-Tiering',
        }),
      );
      return { version, tier };
    });
  return {
    snapshot: () =>
      call(`read the parameters below ${prefix}`, async () => {
        const parameters: Parameter[] = [];
        for await (const page of paginateGetParametersByPath({ client }, { Path: prefix, Recursive: true })) {
          parameters.push(...(page.Parameters ?? []));
        }
        const deployment = parameters.find(({ Name }) => Name === `${prefix}/${DEPLOYMENT_PARAMETER}`);
        if (deployment) warnOfOtherVersion({ version: parseVersion(deployment.Value ?? '') }, io);
        return toSnapshot(parameters, prefix, await readLocation(client, prefix, parameters[0]?.ARN));
      }),
    overwrite: (parameter, text) => put(parameter, text, true),
    create: (parameter, text) => undefinedIf('ParameterAlreadyExists', () => put(parameter, text, false)),
    delete: async (parameter) => {
      const deleted = await undefinedIf('ParameterNotFound', () =>
        call(`delete ${prefix}/${parameter}`, async () => {
          await pacer.next();
          return client.send(new DeleteParameterCommand({ Name: `${prefix}/${parameter}` }));
        }),
      );
      return deleted !== undefined;
    },
    get: (parameter) =>
      undefinedIf('ParameterNotFound', () =>
        call(`read ${prefix}/${parameter}`, async () => {
          const { Parameter: found } = await client.send(
            new GetParameterCommand({ Name: `${prefix}/${parameter}` }),
          );
          return {
            text: found?.Value ?? '',
            type: found?.Type ?? 'String',
            version: found?.Version ?? 0,
            location: await readLocation(client, prefix, found?.ARN),
          };
        }),
      ),
    history: (parameter) =>
      call(`read the history of ${prefix}/${parameter}`, async () => {
        const versions: ParameterVersion[] = [];
        const pages = paginateGetParameterHistory({ client }, { Name: `${prefix}/${parameter}` });
        for await (const page of pages) {
          for (const found of page.Parameters ?? []) {
            versions.push({
              version: found.Version ?? 0,
              text: found.Value ?? '',
              type: found.Type ?? 'String',
              description: found.Description,
              modifiedAt: found.LastModifiedDate?.getTime(),
              modifiedBy: found.LastModifiedUser,
            });
          }
        }
        return versions.sort((a, b) => a.version - b.version);
      }),
    close: () => client.destroy(),
  };
}

function toSnapshot(found: readonly Parameter[], prefix: string, location: Location): Snapshot {
  const names = found.map(({ Name = '' }) => Name.slice(prefix.length + 1));
  const parameters = found.flatMap((parameter) => toStored(parameter, prefix));
  const deployment = found.find(({ Name }) => Name === `${prefix}/${DEPLOYMENT_PARAMETER}`);
  const pause = found.find(({ Name }) => Name === `${prefix}/${PAUSE_PARAMETER}`);
  return {
    location,
    parameters: parameters.sort((a, b) => (parameterName(a) < parameterName(b) ? -1 : 1)),
    ...(pause && { pause: { text: pause.Value ?? '', type: pause.Type ?? 'String' } }),
    otherPauses: names
      .filter((name) => name !== PAUSE_PARAMETER && isMeantAsPause(name))
      .map((name) => `${prefix}/${name}`),
    misnomers: names.filter(isMisnamedPause).map((name) => `${prefix}/${name}`),
    hasDeployment: deployment !== undefined,
    instanceIds: parseInstanceIds(deployment?.Value),
    stackParameters: parseStackParameters(deployment?.Value),
  };
}

function toStored(parameter: Parameter, prefix: string): StoredParameter[] {
  const { Name: file = '', Value: text = '', Version: version = 0, Type: type = 'String' } = parameter;
  const stored = { file, text, version, type };
  const source = fromParameterName(file.slice(prefix.length + 1));
  return source ? [{ ...stored, ...source }] : [];
}

/** The result of a request. Undefined in place of an error of this name. */
export async function undefinedIf<T>(errorName: string, request: () => Promise<T>): Promise<T | undefined> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof Error && (error.cause as Error | undefined)?.name === errorName) return undefined;
    throw error;
  }
}
