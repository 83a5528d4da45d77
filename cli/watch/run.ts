import { findDeployment } from '../aws/deployment.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import { openStateReader, type ReadStateOptions, type StateReader } from '../state/read-state.ts';
import { createConsoleOperator } from './acts/create-operator.ts';
import { type ConsoleOptions, type ConsoleServer, startConsole } from './console-server.ts';

export interface WatchOptions extends ReadStateOptions, Pick<ConsoleOptions, 'port' | 'every'> {
  /** Let the page act. Default: it reads, and changes nothing. */
  readonly operate?: boolean;
}

const CHANGES_NOTHING = 'It reads, and changes nothing.';
const CHANGES =
  'It can change the routing of contacts: it sends overrides, releases and signals, pauses and resumes.';

/**
 * `escalator watch`: serves the console until a person interrupts it.
 *
 * @throws UsageError where the port cannot be had, AwsError when the deployment cannot be found.
 */
export async function watch(options: WatchOptions, io: CommandIo): Promise<ExitCode> {
  const reader = await openStateReader(options, io);
  try {
    const { port, every, operate } = options;
    const operator = operate
      ? createConsoleOperator({ ...options, deployment: await findDeployment(options) }, io)
      : undefined;
    const server = await start(reader, { port, every, operator });
    io.out(`${server.url}\n`);
    io.err(
      `Open this address in a browser of this machine. ${operate ? CHANGES : CHANGES_NOTHING} Ctrl-C ends it.\n`,
    );
    const stopListening = io.onInterrupt(() => void server.close());
    try {
      await server.ended;
    } finally {
      stopListening();
      await server.close();
    }
  } finally {
    reader.close();
  }
  return EXIT.ok;
}

async function start(reader: StateReader, options: ConsoleOptions): Promise<ConsoleServer> {
  try {
    return await startConsole(reader, options);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(
      `Port ${options.port} of 127.0.0.1 cannot be used (${code}). Pass another --port, or 0 for any free one.`,
    );
  }
}
