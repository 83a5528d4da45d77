import { parentPort, workerData } from 'node:worker_threads';
import { findDeployment } from '../../cli/aws/deployment.ts';
import { createProcessIo } from '../../cli/command-io.ts';
import { openStateReader } from '../../cli/state/read-state.ts';
import { createVisibleIo } from '../../cli/visible-io.ts';
import { createConsoleOperator } from '../../cli/watch/acts/create-operator.ts';
import { startConsole } from '../../cli/watch/console-server.ts';
import type { ConsolePlayback, PlaybackAct } from '../../cli/watch/playback/playback.ts';
import { SharedClock } from '../time/shared-clock.ts';
import type { ConsoleCommand, ConsoleMessage, ConsoleSetup, PlaybackSnapshot } from './console-messages.ts';

/*
 * The thread of the console. It lives in real time, so that pages are sent states and heartbeats while simulated time
 * stands still, and reads the local system as it would read a deployment. It reads the simulated time from the clock.
 */

/** A local look costs nothing. Twelvefold, one second is long enough. */
const EVERY_SECONDS = 1;
const MAX_CONTACTS = 10_000;

const setup = workerData as ConsoleSetup;
const clock = new SharedClock(setup.clock);

try {
  const io = createVisibleIo({ ...createProcessIo(), now: () => clock.now() });
  const { endpointUrl, region, prefix, port, token } = setup;
  const options = { endpointUrl, region, prefix, maxContacts: MAX_CONTACTS };
  const reader = await openStateReader(options, io);
  const operator = createConsoleOperator({ ...options, deployment: await findDeployment(options) }, io);
  const playback = setup.playback && followPlayback(setup.playback);
  const server = await startConsole(reader, {
    port,
    every: EVERY_SECONDS,
    operator,
    ...(token !== undefined && { token }),
    ...(playback && { playback }),
  });
  parentPort?.on('message', async ({ kind }: ConsoleCommand) => {
    if (kind !== 'stop') return;
    await server.close();
    process.exit();
  });
  post({ kind: 'ready', url: server.url });
} catch (error) {
  post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}

/** The run, which another thread controls. */
function followPlayback(first: PlaybackSnapshot): ConsolePlayback {
  let last = first;
  const listeners: (() => void)[] = [];
  parentPort?.on('message', (command: ConsoleCommand) => {
    if (command.kind !== 'state') return;
    last = command.state;
    for (const listener of listeners) listener();
  });
  return {
    get state() {
      return { ...last, at: clock.now(), factor: clock.factor };
    },
    act: (act: PlaybackAct) => post({ kind: 'act', act }),
    opened: () => post({ kind: 'opened' }),
    onChange: (listener) => listeners.push(listener),
  };
}

function post(message: ConsoleMessage): void {
  parentPort?.postMessage(message);
}
