import {
  DeleteParameterCommand,
  PutParameterCommand,
  paginateGetParameterHistory,
  paginateGetParametersByPath,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { callAws } from '../aws/call-aws.ts';
import { clientConfig } from '../aws/clients.ts';
import { type AwsOptions, type PrefixOptions, validatePrefix } from '../aws/options.ts';
import { parameterName, SETTINGS_NAME, type Source } from '../sources/source.ts';

/** One version of a parameter. */
export interface ParameterVersion {
  readonly version: number;
  readonly text: string;
}

/** The policies and settings in SSM. Each method throws AwsFailure when AWS does not do what is asked. */
export interface ParameterStore {
  /** All of them, by name. Each one's `file` is its parameter's name. */
  sources(): Promise<Source[]>;
  /** Makes a new version: its number and tier. */
  put(parameter: string, text: string): Promise<{ readonly version: number; readonly tier: string }>;
  delete(parameter: string): Promise<void>;
  /** The versions that SSM keeps, oldest first. */
  history(parameter: string): Promise<ParameterVersion[]>;
}

/** @throws UsageError when the prefix is no path. */
export function openParameterStore({ prefix, ...options }: AwsOptions & PrefixOptions): ParameterStore {
  validatePrefix(prefix);
  const client = new SSMClient(clientConfig(options));
  const policies = `${prefix}/policies/`;
  return {
    sources: () =>
      callAws(`read the parameters below ${prefix}`, async () => {
        const found: Source[] = [];
        for await (const page of paginateGetParametersByPath({ client }, { Path: prefix, Recursive: true })) {
          for (const { Name: file = '', Value: text = '' } of page.Parameters ?? []) {
            if (file === `${prefix}/${SETTINGS_NAME}`) {
              found.push({ file, name: SETTINGS_NAME, kind: 'settings', text });
            } else if (file.startsWith(policies)) {
              found.push({ file, name: file.slice(policies.length), kind: 'policy', text });
            }
          }
        }
        return found.sort((a, b) => (parameterName(a) < parameterName(b) ? -1 : 1));
      }),
    put: (parameter, text) =>
      callAws(`write ${prefix}/${parameter}`, async () => {
        const { Version: version = 0, Tier: tier = 'Standard' } = await client.send(
          new PutParameterCommand({
            Name: `${prefix}/${parameter}`,
            Value: text,
            Type: 'String',
            Overwrite: true,
            // Advanced where the text has more than 4 KB, and where the parameter is so already.
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
        const found: ParameterVersion[] = [];
        const pages = paginateGetParameterHistory({ client }, { Name: `${prefix}/${parameter}` });
        for await (const page of pages) {
          for (const { Version: version = 0, Value: text = '' } of page.Parameters ?? []) {
            found.push({ version, text });
          }
        }
        return found.sort((a, b) => a.version - b.version);
      }),
  };
}
