import dynalite from 'dynalite';
import type { RawService } from '../endpoint/raw-service.ts';

/** DynamoDB: dynalite, in memory, without its own port. It does not delete items whose TTL has passed. */
export function createDynamoDb(options: { readonly region: string; readonly account: string }): RawService {
  const server = withEnvironment({ AWS_REGION: options.region, AWS_ACCOUNT_ID: options.account }, () =>
    dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }),
  );
  return {
    handle(request, response) {
      server.emit('request', request, response);
      // dynalite throws errors that the request emits, so a client that disconnects would end the process.
      request.removeAllListeners('error');
      request.on('error', () => {});
    },
    async stop() {},
  };
}

/** dynalite reads the account and the Region of its ARNs from the environment when it is created. */
function withEnvironment<T>(variables: Record<string, string>, create: () => T): T {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    return create();
  } finally {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}
