import type { Deployment } from '../../lambda/aws/deployment.ts';
import { clientConfig } from '../aws/clients.ts';
import type { ConfigurationInForce } from '../aws/configuration-in-force.ts';
import type { AwsOptions, PrefixOptions } from '../options/aws.ts';

/** What the checks of a deployment have in common. */
export interface Examination {
  readonly options: AwsOptions & PrefixOptions;
  readonly deployment: Deployment;
  /** Undefined where none has been compiled, or it could not be read. */
  readonly inForce: ConfigurationInForce | undefined;
  /** The time at the endpoint, in milliseconds since the epoch. */
  readonly now: number;
}

interface Client {
  destroy(): void;
}

/** Uses a client of the AWS SDK, and ends its connections. */
export async function withClient<C extends Client, T>(
  Client: new (config: ReturnType<typeof clientConfig>) => C,
  options: AwsOptions,
  action: (client: C) => Promise<T>,
): Promise<T> {
  const client = new Client(clientConfig(options));
  try {
    return await action(client);
  } finally {
    client.destroy();
  }
}

/** What a paginator of the AWS SDK finds: the items of all pages, in order. */
export async function allItems<P, T>(
  pages: AsyncIterable<P>,
  itemsOf: (page: P) => readonly T[] | undefined,
): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...(itemsOf(page) ?? []));
  return all;
}
