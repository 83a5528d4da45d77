import type { SSMClient } from '@aws-sdk/client-ssm';

/** Where parameters are. */
export interface Location {
  /** Undefined while neither a parameter nor the credentials name it. */
  readonly account?: string;
  readonly region: string;
  readonly prefix: string;
}

/**
 * Where the parameters of a client are.
 *
 * @param arn - of any parameter there. Undefined when there is none: then the credentials may name the account.
 */
export async function readLocation(
  client: SSMClient,
  prefix: string,
  arn: string | undefined,
): Promise<Location> {
  const [, , , arnRegion, arnAccount] = arn?.split(':') ?? [];
  const region = arnRegion ?? (await client.config.region());
  const account = arnAccount ?? (await client.config.credentials()).accountId;
  return { account, region, prefix };
}

/** Such as `/connect-escalator in account 123456789012, Region eu-central-1`. */
export function formatLocation({ account, region, prefix }: Location): string {
  return `${prefix} in ${account === undefined ? 'an account that has no parameter there yet' : `account ${account}`}, Region ${region}`;
}
