import { ConnectClient } from '@aws-sdk/client-connect';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { readDocument } from '../../lambda/domain/validation/document.ts';
import { callAws } from '../aws/call-aws.ts';
import { findDeployment } from '../aws/deployment.ts';
import { withClient } from '../aws/with-client.ts';
import type { CommandIo } from '../command-io.ts';
import { AwsError, UsageError } from '../errors.ts';
import type { AwsOptions, PrefixOptions } from '../options/aws.ts';
import type { Source } from '../sources/source.ts';
import type { Finding } from '../sources/validate.ts';
import { readDirectory } from './directory.ts';
import { agentsOfLists, queuesOfCondition, type Reference, referencesOf } from './references.ts';
import { repeatedQueues } from './repeated-queues.ts';
import { UNKNOWN_ADVICE, unknownName } from './unknown-names.ts';

export interface ConnectOptions extends AwsOptions, PrefixOptions {
  /** The instances that are asked. Default: those of the deployment. */
  readonly instanceId?: readonly string[];
}

/**
 * Warnings of the queues, agents, attributes and values that policies, conditions and lists of agents name and Connect does
 * not know, of queues that a condition has under their names and ids, and of instances in the settings that the deployment
 * does not serve.
 *
 * @param policies - those of the sources that are valid.
 * @param settings - those of the sources.
 * @throws UsageError when it is not known which instances to ask.
 * @throws AwsError when a request fails.
 */
export async function connectFindings(
  sources: readonly Source[],
  policies: readonly Policy[],
  settings: Settings,
  options: ConnectOptions,
  io: Pick<CommandIo, 'sleep'>,
): Promise<Finding[]> {
  const instanceIds = options.instanceId ?? (await deployedInstances(options));
  const named = sources.flatMap((source) => {
    const { kind } = source;
    return kind === 'calendar' ? [] : [{ source, kind, references: referencesIn(source, kind, policies) }];
  });
  const names = named.flatMap(({ references }) => references.map(({ name }) => name));
  const directory = await withClient(ConnectClient, options, (client) =>
    callAws(`read what the instances ${instanceIds.join(', ')} have`, () =>
      readDirectory(client, instanceIds, names, io),
    ),
  );
  return [
    ...named.flatMap(({ source, kind, references }) => [
      ...references.flatMap(({ name, path }) => {
        const unknown = unknownName(name, directory);
        return warningOf(source, path, unknown && `${unknown} ${UNKNOWN_ADVICE[kind]}`);
      }),
      ...(kind === 'condition' ? repeatedQueues(references, directory) : []).flatMap(({ path, message }) =>
        warningOf(source, path, message, 'repeated-value'),
      ),
    ]),
    ...unservedFindings(sources, settings, instanceIds),
  ];
}

function referencesIn(
  { name, text }: Source,
  kind: keyof typeof UNKNOWN_ADVICE,
  policies: readonly Policy[],
): Reference[] {
  const { value } = readDocument(text);
  switch (kind) {
    case 'policy':
      return referencesOf(
        value,
        policies.find((policy) => policy.name === name),
      );
    case 'condition':
      return queuesOfCondition(value);
    case 'settings':
      return agentsOfLists(value);
  }
}

async function deployedInstances(options: ConnectOptions): Promise<readonly string[]> {
  const advice = 'pass --instance-id with the id of the Connect instance';
  try {
    const { instanceIds } = await findDeployment(options, advice);
    if (instanceIds && instanceIds.length > 0) return instanceIds;
  } catch (error) {
    // Before the first deployment there is no such parameter; any other request that fails has a cause.
    if (!(error instanceof AwsError) || error.cause !== undefined) throw error;
  }
  throw new UsageError(`No deployment says which instances to ask: ${advice}.`);
}

function unservedFindings(
  sources: readonly Source[],
  { instances = [] }: Settings,
  instanceIds: readonly string[],
): Finding[] {
  const source = sources.find(({ kind }) => kind === 'settings');
  if (!source) return [];
  return instances.flatMap((id, index) =>
    instanceIds.includes(id)
      ? []
      : warningOf(
          source,
          ['instances', index],
          `Found ${JSON.stringify(id)}, an instance that is not served; expected one of ${instanceIds.join(', ')}.`,
        ),
  );
}

function warningOf(
  source: Source,
  path: Reference['path'],
  message: string | undefined,
  code: 'unknown-in-connect' | 'repeated-value' = 'unknown-in-connect',
): Finding[] {
  if (message === undefined) return [];
  const located = readDocument(source.text).locate({ code, path, message });
  return [{ severity: 'warning', source, ...located }];
}
