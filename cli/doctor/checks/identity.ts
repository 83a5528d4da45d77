import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { callAws } from '../../aws/call-aws.ts';
import { withClient } from '../../aws/with-client.ts';
import type { AwsOptions } from '../../options/aws.ts';

/** Who runs the command, and where. */
export interface Identity {
  readonly account: string;
  /** ARN of the user or role. */
  readonly arn: string;
  readonly region: string;
  /** The time that AWS states in its response, in milliseconds since the epoch; undefined where it states none. */
  readonly awsTime: number | undefined;
}

/**
 * Asks AWS who we are.
 *
 * @throws AwsError when there are no valid credentials, or no Region.
 */
export async function readIdentity(options: AwsOptions): Promise<Identity> {
  return withClient(STSClient, options, (client) =>
    callAws('find out who runs this command', async () => {
      let date: string | undefined;
      client.middlewareStack.add(
        (next) => async (args) => {
          const result = await next(args);
          const { headers } = result.response as { readonly headers?: Readonly<Record<string, string>> };
          date = headers?.date;
          return result;
        },
        { step: 'deserialize', name: 'readDate' },
      );
      const { Account: account = '', Arn: arn = '' } = await client.send(new GetCallerIdentityCommand({}));
      const at = Date.parse(date ?? '');
      return {
        account,
        arn,
        region: await client.config.region(),
        awsTime: Number.isNaN(at) ? undefined : at,
      };
    }),
  );
}
