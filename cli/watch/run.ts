import type { AddressInfo } from 'node:net';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import { openStateReader, type ReadStateOptions } from '../state/read-state.ts';
import { newToken } from './access.ts';
import { EventStream } from './event-stream.ts';
import { startHttpServer } from './http-server.ts';
import { readPageFiles } from './page-files.ts';
import { createRoutes } from './routes.ts';
import { Watcher } from './watcher.ts';

export interface WatchOptions extends ReadStateOptions {
  /** On loopback; 0 for a free one. */
  readonly port: number;
  /** Seconds between two looks while a page is open. */
  readonly every: number;
}

/**
 * `escalator watch`: serves the console on loopback until a person interrupts it. The table is read while a page is open,
 * and at no other time.
 *
 * @throws UsageError where the port cannot be had, AwsError when the deployment cannot be found.
 */
export async function watch(options: WatchOptions, io: CommandIo): Promise<ExitCode> {
  const reader = await openStateReader(options, io);
  const watcher = new Watcher(reader);
  const token = newToken();
  let isEnded = false;
  const events = new EventStream(() => {
    void keepLooking();
  });
  async function keepLooking(): Promise<void> {
    while (events.isOpen && !isEnded) {
      const { name, data } = await watcher.look();
      events.send(name, data);
      await io.sleep(options.every * 1_000);
    }
  }
  const files = await readPageFiles();
  const server = await startHttpServer(options.port, token, createRoutes({ files, events, watcher, reader })).catch(
    (error: NodeJS.ErrnoException) => {
      reader.close();
      throw new UsageError(`Port ${options.port} of 127.0.0.1 cannot be used: ${error.code}. Pass another --port.`);
    },
  );
  const { port } = server.address() as AddressInfo;
  io.out(`http://127.0.0.1:${port}/${token}/\n`);
  io.err('Open this address in a browser of this machine. It reads, and changes nothing. Ctrl-C ends it.\n');
  await new Promise<void>((ended) => {
    const stopListening = io.onInterrupt(() => {
      stopListening();
      ended();
    });
  });
  isEnded = true;
  events.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  reader.close();
  return EXIT.ok;
}
