import { Fn, type Stack, Token } from 'aws-cdk-lib/core';
import { ConfigError } from './config-error.ts';

/** The Connect instances that one stack serves, as far as their ARNs are known at synth. */
export interface ParsedInstances {
  /** Such as `aws` or `aws-us-gov`. Undefined if it is known only at deployment. */
  readonly partition: string | undefined;
  /** Undefined if it is known only at deployment. */
  readonly region: string | undefined;
  /** Twelve digits. Undefined if it is known only at deployment. */
  readonly account: string | undefined;
  /** At least one, without repeats, in the order of the input. */
  readonly arns: readonly string[];
  /** The UUIDs at the end of {@link arns}, in the same order. Of a token, a token that takes it from the ARN. */
  readonly ids: readonly string[];
}

/** The Connect instances that one stack serves, all in one account and Region. Each member may be a token. */
export type ConnectInstances = { readonly [K in keyof ParsedInstances]: NonNullable<ParsedInstances[K]> };

const EXAMPLE = 'arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555';

/** Where instances are given: as a list in the property of the construct, otherwise in the context of the app. */
const usageOf = (value: unknown) =>
  Array.isArray(value) ? `instanceArns: ['${EXAMPLE}']` : `npx cdk deploy -c instanceArn=${EXAMPLE}`;

const RESOURCE_TYPE = 'instance/';

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
 * Parses the ARNs of the instances to serve. Of an ARN that is a token, or that has tokens between its colons, the
 * parts that are known at synth are checked.
 *
 * @param value - one ARN, several separated by commas, or an array of ARNs. Repeats count once.
 * @throws ConfigError if there is none, if one is malformed, if the array itself is a token, or if not all are in one
 *   account and Region: the quota of UpdateContactRoutingData is counted per account and Region.
 */
export function parseInstanceArns(value: unknown): ParsedInstances {
  const arns = [...new Set(parseList(value))];
  if (arns.length === 0) {
    throw new ConfigError(`No Connect instance is given. Pass its ARN: ${usageOf(value)}`);
  }
  const problems = arns.flatMap(arnProblems);
  if (problems.length > 0) {
    throw new ConfigError(`${problems.join('; ')}. Pass the ARN of the instance: ${usageOf(value)}`);
  }
  const [partition, region, account] = ['partition', 'Region', 'account'].map((name) =>
    commonField(arns, name),
  );
  return { partition, region, account, arns, ids: arns.map(idOf) };
}

/**
 * The instances in the account and Region of their stack: what is not known of them at synth is that of the stack,
 * because a stack can only serve instances there.
 */
export function instancesOf(parsed: ParsedInstances, stack: Stack): ConnectInstances {
  return {
    ...parsed,
    partition: parsed.partition ?? stack.partition,
    region: parsed.region ?? stack.region,
    account: parsed.account ?? stack.account,
  };
}

function parseList(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) {
    if (Token.isUnresolved(value)) {
      throw new ConfigError(
        'instanceArns is a list whose length is known only at deployment. Pass each ARN as an element of its own, ' +
          'such as Fn.select(0, list)',
      );
    }
    return value.flatMap(parseList);
  }
  if (typeof value !== 'string') {
    throw new ConfigError(
      `instanceArn is ${JSON.stringify(value)}, which is neither a string nor a list of strings. Pass ` +
        `the ARN of the instance: ${usageOf(value)}`,
    );
  }
  return value
    .split(',')
    .map((arn) => arn.trim())
    .filter((arn) => arn !== '');
}

/** The values of {@link FIELDS}. Undefined if the ARN is a token as a whole, or has colons in a token. */
function fieldsOf(arn: string): string[] | undefined {
  const [scheme, ...values] = arn.split(':');
  return scheme === 'arn' && values.length === FIELDS.length ? values : undefined;
}

function arnProblems(arn: string): string[] {
  const values = fieldsOf(arn);
  if (!values) return Token.isUnresolved(arn) ? [] : [`instanceArn ${JSON.stringify(arn)} is not an ARN`];
  return FIELDS.flatMap(({ name, pattern, allowed }, index) => {
    const value = values[index] ?? '';
    if (Token.isUnresolved(value) || pattern.test(value)) return [];
    return [`instanceArn ${JSON.stringify(arn)}: its ${name} is ${JSON.stringify(value)}, not ${allowed}`];
  });
}

/** The value that a field has in all ARNs. Undefined if it is known in none. */
function commonField(arns: readonly string[], name: string): string | undefined {
  const index = FIELDS.findIndex((field) => field.name === name);
  const known = arns.filter((arn) => {
    const value = fieldsOf(arn)?.[index];
    return value !== undefined && !Token.isUnresolved(value);
  });
  const [first, ...others] = new Set(known.map((arn) => fieldsOf(arn)?.[index]));
  if (others.length > 0) {
    throw new ConfigError(
      `The instances ${known.join(', ')} are not all in one account and Region. The quota is counted per ` +
        'account and Region, so deploy a stack for each of them with its instances.',
    );
  }
  return first;
}

function idOf(arn: string): string {
  const resource = fieldsOf(arn)?.at(-1);
  if (resource?.startsWith(RESOURCE_TYPE)) return resource.slice(RESOURCE_TYPE.length);
  return Fn.select(1, Fn.split('/', arn));
}
