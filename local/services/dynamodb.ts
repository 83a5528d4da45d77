import dynalite from 'dynalite';
import type { RawService } from '../endpoint/raw-service.ts';

/** DynamoDB: dynalite, in memory, without a port of its own. Items past their TTL are not removed. */
export function createDynamoDb(options: { readonly region: string; readonly account: string }): RawService {
  const server = withEnvironment({ AWS_REGION: options.region, AWS_ACCOUNT_ID: options.account }, () =>
    dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }),
  );
  return {
    handle(request, response) {
      server.emit('request', request, response);
      // dynalite throws whatever the request emits, so a client that hangs up would end the process.
      request.removeAllListeners('error');
      request.on('error', () => {});
    },
    async stop() {},
  };
}

/** dynalite takes the account and the Region of its ARNs from the environment, once, as it is made. */
function withEnvironment<T>(variables: Record<string, string>, make: () => T): T {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    return make();
  } finally {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}
