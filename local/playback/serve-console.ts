import { once } from 'node:events';
import { devNull } from 'node:os';
import { Worker } from 'node:worker_threads';
import { defined } from '../../lambda/domain/json.ts';
import { LOCAL_CREDENTIALS } from '../functions/worker-environment.ts';
import { clockBuffer } from '../time/clock.ts';
import type { ConsoleCommand, ConsoleMessage, ConsoleSetup } from './console-messages.ts';
import type { Playback } from './playback.ts';

/** The console of the local system could not be served. */
export class LocalConsoleError extends Error {
  override readonly name = 'LocalConsoleError';
}

export interface LocalConsoleOptions extends Pick<ConsoleSetup, 'endpointUrl' | 'region' | 'prefix'> {
  /** The run that the page shows and controls. Default: none. */
  readonly playback?: Playback | undefined;
  /** The address of an earlier console, which the page that it served comes back to. Default: a new one. */
  readonly url?: string | undefined;
}

/** The console of the local system, while it is served. */
export interface LocalConsole {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Serves the console of the local system, in a thread of its own.
 *
 * @throws LocalConsoleError when the system cannot be read or no port can be had.
 */
export async function serveConsole(options: LocalConsoleOptions): Promise<LocalConsole> {
  const { endpointUrl, region, prefix, playback, url } = options;
  const worker = new Worker(new URL('./console-thread.ts', import.meta.url), {
    workerData: {
      clock: clockBuffer(),
      endpointUrl,
      region,
      prefix,
      ...addressOf(url),
      ...(playback && { playback: playback.state }),
    } satisfies ConsoleSetup,
    env: environment(),
  });
  const { promise: ready, resolve, reject } = Promise.withResolvers<string>();
  worker.on('message', (message: ConsoleMessage) => {
    switch (message.kind) {
      case 'ready':
        return resolve(message.url);
      case 'failed':
        return reject(new LocalConsoleError(message.message));
      case 'opened':
        return playback?.opened();
      case 'act':
        return playback?.act(message.act);
    }
  });
  worker.on('error', reject);
  const exited = once(worker, 'exit').then(() => reject(new LocalConsoleError('The console has ended.')));
  const command = (message: ConsoleCommand) => worker.postMessage(message);
  playback?.onChange(() => command({ kind: 'state', state: playback.state }));
  try {
    return {
      url: await ready,
      async stop() {
        command({ kind: 'stop' });
        await exited;
      },
    };
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

function addressOf(url: string | undefined): Pick<ConsoleSetup, 'port' | 'token'> {
  if (url === undefined) return { port: 0 };
  const { port, pathname } = new URL(url);
  return { port: Number(port), ...defined({ token: pathname.split('/')[1] }) };
}

/** Nothing of the user's AWS configuration. A person who acts on the page has the name that the commands know. */
function environment(): NodeJS.ProcessEnv {
  const { USER, USERNAME, LANG, TZ, NO_COLOR, PATH } = process.env;
  return {
    ...defined({ USER, USERNAME, LANG, TZ, NO_COLOR, PATH }),
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
