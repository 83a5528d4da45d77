import {
  DeleteParameterCommand,
  PutParameterCommand,
  paginateGetParameterHistory,
  paginateGetParametersByPath,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { DEPLOYMENT_PARAMETER } from '../../lambda/aws/deployment.ts';
import { callAws } from '../aws/call-aws.ts';
import { clientConfig } from '../aws/clients.ts';
import { warnOfOtherVersion } from '../aws/deployed-version.ts';
import { parseVersion } from '../aws/deployment.ts';
import type { CommandIo } from '../command-io.ts';
import { type AwsOptions, type PrefixOptions, validatePrefix } from '../options/aws.ts';
import { parameterName, SETTINGS_NAME, type Source } from '../sources/source.ts';

/** One version of a parameter. */
export interface ParameterVersion {
  readonly version: number;
  readonly text: string;
}

/** The policies and settings in SSM. Each method throws AwsError when a request fails. */
export interface ParameterStore {
  /**
   * All policies and settings, sorted by name. `file` is the name of the parameter. Warns if another version of this
   * project is deployed.
   */
  sources(): Promise<Source[]>;
  /** Writes a new version. @returns its number, and the tier of the parameter. */
  put(parameter: string, text: string): Promise<{ readonly version: number; readonly tier: string }>;
  delete(parameter: string): Promise<void>;
  /** The versions in SSM, oldest first. SSM keeps the last 100. */
  history(parameter: string): Promise<ParameterVersion[]>;
}

/** @throws UsageError when the prefix is not an SSM path. */
export function openParameterStore(
  { prefix, ...options }: AwsOptions & PrefixOptions,
  io: CommandIo,
): ParameterStore {
  validatePrefix(prefix);
  const client = new SSMClient(clientConfig(options));
  const policyPrefix = `${prefix}/policies/`;
  return {
    sources: () =>
      callAws(`read the parameters below ${prefix}`, async () => {
        const sources: Source[] = [];
        for await (const page of paginateGetParametersByPath({ client }, { Path: prefix, Recursive: true })) {
          for (const { Name: file = '', Value: text = '' } of page.Parameters ?? []) {
            if (file === `${prefix}/${SETTINGS_NAME}`) {
              sources.push({ file, name: SETTINGS_NAME, kind: 'settings', text });
            } else if (file.startsWith(policyPrefix)) {
              sources.push({ file, name: file.slice(policyPrefix.length), kind: 'policy', text });
            } else if (file === `${prefix}/${DEPLOYMENT_PARAMETER}`) {
              warnOfOtherVersion({ version: parseVersion(text) }, io);
            }
          }
        }
        return sources.sort((a, b) => (parameterName(a) < parameterName(b) ? -1 : 1));
      }),
    put: (parameter, text) =>
      callAws(`write ${prefix}/${parameter}`, async () => {
        const { Version: version = 0, Tier: tier = 'Standard' } = await client.send(
          new PutParameterCommand({
            Name: `${prefix}/${parameter}`,
            Value: text,
            Type: 'String',
            Overwrite: true,
            // Makes an advanced parameter of more than 4 KB. An advanced parameter remains advanced.
            Tier: 'Intelligent-Tiering',
          }),
        );
        return { version, tier };
      }),
    delete: (parameter) =>
      callAws(`delete ${prefix}/${parameter}`, async () => {
        await client.send(new DeleteParameterCommand({ Name: `${prefix}/${parameter}` }));
      }),
    history: (parameter) =>
      callAws(`read the history of ${prefix}/${parameter}`, async () => {
        const versions: ParameterVersion[] = [];
        const pages = paginateGetParameterHistory({ client }, { Name: `${prefix}/${parameter}` });
        for await (const page of pages) {
          for (const { Version: version = 0, Value: text = '' } of page.Parameters ?? []) {
            versions.push({ version, text });
          }
        }
        return versions.sort((a, b) => a.version - b.version);
      }),
  };
}
