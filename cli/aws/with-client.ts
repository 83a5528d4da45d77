import type { AwsOptions } from '../options/aws.ts';
import { clientConfig } from './clients.ts';

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
