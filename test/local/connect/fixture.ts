import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConnectClient } from '@aws-sdk/client-connect';
import {
  type ConnectCallRecord,
  type ConnectServiceOptions,
  connectService,
} from '../../../local/connect/index.ts';
import { serveLocally } from '../../../local/local-exchange.ts';
import type { CentreOptions } from '../../../sim/centre/index.ts';
import { at, centreWith } from '../../sim/centre/fixture.ts';

/** A centre behind the API on a free port, the SDK's client for it, and a clock to be set. */
export async function connectWith(
  options: Omit<Partial<ConnectServiceOptions>, 'centre' | 'clock' | 'onCall'> = {},
  centreOptions: Partial<CentreOptions> = {},
) {
  const { centre, events } = centreWith(centreOptions);
  const clock = { now: at(0) };
  const calls: ConnectCallRecord[] = [];
  let heard: (() => void) | undefined;
  const service = connectService({
    ...options,
    centre,
    clock: () => clock.now,
    onCall: (call) => {
      calls.push(call);
      heard?.();
    },
  });
  const server = createServer((request, response) => serveLocally(service, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new ConnectClient({
    endpoint: url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
  return {
    centre,
    events,
    clock,
    calls,
    service,
    url,
    client,
    /** Resolves when a call has been worked on. */
    nextCall: () =>
      new Promise<void>((resolve) => {
        heard = resolve;
      }),
    async stop() {
      client.destroy();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What a promise is rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new RangeError(`Expected a rejection; got ${JSON.stringify(value)}.`);
    },
    (error: unknown) => error,
  );
}
