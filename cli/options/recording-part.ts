import type { Command } from 'commander';
import { parseInstanceId } from './connect-id.ts';
import { timeOf } from './time.ts';

/** The part of a recording that a command reads. */
export interface RecordingPartOptions {
  /** Milliseconds since the epoch, inclusive. */
  readonly from?: number;
  /** Milliseconds since the epoch, exclusive. */
  readonly to?: number;
  readonly instanceId?: string;
}

/** Adds the options that choose a part of a recording. */
export function addRecordingPartOptions(command: Command, print: (text: string) => void): Command {
  return command
    .option(
      '--from <time>',
      'only events at or after this time, such as 2026-11-23T10:00:00Z',
      timeOf('--from', print),
    )
    .option('--to <time>', 'only events before this time', timeOf('--to', print))
    .option(
      '--instance-id <id>',
      'only the contacts of this Connect instance (default: all instances)',
      parseInstanceId,
    );
}
