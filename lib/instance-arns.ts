import { Token } from 'aws-cdk-lib/core';
import { ConfigError } from './config-error.ts';

/** The Connect instances that one stack serves, all in one account and Region. */
export interface ConnectInstances {
  /** Such as `aws` or `aws-us-gov`. */
  readonly partition: string;
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
  /** At least one, without repeats, in the order of the input. */
  readonly arns: readonly string[];
  /** The UUIDs at the end of {@link arns}, in the same order. */
  readonly ids: readonly string[];
}

/** Properties that every component of the system has in common. */
export interface ComponentProps {
  readonly instances: ConnectInstances;
  /** Whether X-Ray traces the functions. */
  readonly tracing: boolean;
}

const EXAMPLE = 'arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555';
const USAGE = `npx cdk deploy -c instanceArn=${EXAMPLE}`;

/** The fields of an instance's ARN after `arn:`, in order. */
const FIELDS = [
  { name: 'partition', pattern: /^aws(-[a-z]+)*$/, allowed: 'aws, aws-us-gov or the like' },
  { name: 'service', pattern: /^connect$/, allowed: 'connect' },
  { name: 'Region', pattern: /^[a-z]{2,}(-[a-z]+)+-\d+$/, allowed: 'a Region, such as eu-central-1' },
  { name: 'account', pattern: /^\d{12}$/, allowed: 'twelve digits' },
  {
    name: 'resource',
    pattern: /^instance\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    allowed: 'instance/ and a lower-case UUID, and nothing after it',
  },
];

/**
 * Parses the ARNs of the instances to serve.
 *
 * @param value - one ARN, several separated by commas, or an array of ARNs. Repeats count once.
 * @throws ConfigError if there is none, if one is malformed or known only at deployment, or if not all are in
 *   one account and Region: the quota of UpdateContactRoutingData is counted per account and Region.
 */
export function parseInstanceArns(value: unknown): ConnectInstances {
  const arns = [...new Set(parseList(value))];
  const [first] = arns;
  if (first === undefined) {
    throw new ConfigError(`No Connect instance is given. Pass its ARN: ${USAGE}`);
  }
  const problems = arns.flatMap(arnProblems);
  if (problems.length > 0) {
    throw new ConfigError(`${problems.join('; ')}. Pass the ARN of the instance: ${USAGE}`);
  }
  if (new Set(arns.map(accountAndRegion)).size > 1) {
    throw new ConfigError(
      `The instances ${arns.join(', ')} are not all in one account and Region. The quota is counted per ` +
        'account and Region, so deploy a stack for each of them with its instances.',
    );
  }
  const [, partition, , region, account] = first.split(':') as [string, string, string, string, string];
  return { partition, region, account, arns, ids: arns.map((arn) => arn.slice(arn.lastIndexOf('/') + 1)) };
}

function parseList(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(parseList);
  if (typeof value !== 'string') {
    throw new ConfigError(
      `instanceArn is ${JSON.stringify(value)}, which is neither a string nor a list of strings. Pass ` +
        `the ARN of the instance: ${USAGE}`,
    );
  }
  if (Token.isUnresolved(value)) {
    throw new ConfigError(
      'An ARN in instanceArns is known only at deployment. Region, account and instance id are needed at ' +
        `synth: pass the ARN as a literal string, such as ${EXAMPLE}`,
    );
  }
  return value
    .split(',')
    .map((arn) => arn.trim())
    .filter((arn) => arn !== '');
}

function arnProblems(arn: string): string[] {
  const [scheme, ...values] = arn.split(':');
  if (scheme !== 'arn' || values.length !== FIELDS.length) {
    return [`instanceArn ${JSON.stringify(arn)} is not an ARN`];
  }
  return FIELDS.flatMap(({ name, pattern, allowed }, index) => {
    const value = values[index] ?? '';
    if (pattern.test(value)) return [];
    return [`instanceArn ${JSON.stringify(arn)}: its ${name} is ${JSON.stringify(value)}, not ${allowed}`];
  });
}

/** The part of an ARN before the resource: partition, Region and account. */
function accountAndRegion(arn: string): string {
  return arn.slice(0, arn.lastIndexOf(':'));
}
