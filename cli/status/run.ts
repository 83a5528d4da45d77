import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { incompleteWords } from '../list/run.ts';
import { openStateReader, type ReadStateOptions } from '../state/read-state.ts';
import type { SystemState } from '../state/system-state.ts';
import { type WatchOptions, watchState } from '../state/watch-state.ts';
import { momentFormat } from '../wording/times.ts';
import { formatStatus } from './format.ts';

export interface StatusOptions extends ReadStateOptions, WatchOptions {
  /** The time zone of the times that are shown. Default: the reader's. */
  readonly timezone?: string;
  readonly json?: boolean;
}

/**
 * `escalator status`: whether calls are made, who waits where, what is due, and what is in force. Reads, and changes
 * nothing.
 *
 * @throws AwsError when a request fails.
 */
export async function status(options: StatusOptions, io: CommandIo): Promise<ExitCode> {
  const reader = await openStateReader(options, io);
  const formatMoment = momentFormat(options.timezone ?? io.timezone);
  try {
    await watchState(reader, options, io, async (read) => {
      const figures = await reader.figures(read.state.at);
      return {
        text: options.json
          ? `${JSON.stringify({ ...toStatusJson(read.state), figures }, null, options.watch ? 0 : 2)}\n`
          : formatStatus(read, figures, formatMoment, io.columns) + incompleteWords(read.state, options),
      };
    });
  } finally {
    reader.close();
  }
  return EXIT.ok;
}

/** Who waits where is in `escalator list --json`. */
function toStatusJson({ queues, ...state }: SystemState): object {
  return {
    ...state,
    queues: queues.map(({ contacts, ...queue }) => ({
      ...queue,
      waiting: contacts.length,
      due: contacts.filter(({ due }) => due).length,
    })),
  };
}
