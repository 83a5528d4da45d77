import { replay } from '../../sim/replay/replay.ts';
import { ALL_ROWS } from '../../sim/replay/replay-recorder.ts';
import { reportInvalid } from '../check/report-invalid.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import { jsonPieces } from '../json-pieces.ts';
import { createMemoryGuard } from '../memory-guard.ts';
import type { RecordingPartOptions } from '../options/recording-part.ts';
import { createProgress } from '../progress.ts';
import { formatProblems, formatReplay } from './format.ts';
import { formatNoEvents } from './no-events.ts';
import { formatNoTag } from './no-tag.ts';
import { readPolicySets } from './policy-sets.ts';
import { recordedInputs, scanSources, selectedPart } from './recorded-inputs.ts';
import { openRecordings, refuseStdinTwice } from './recording/open-recordings.ts';

export interface ReplayOptions extends RecordingPartOptions {
  /** Directories of policies, one for each set. */
  readonly policies: readonly string[];
  /** The file of the settings for all sets. */
  readonly settings?: string;
  readonly region?: string;
  readonly tierTag?: string;
  /** Rows to show of a long table. */
  readonly top: number;
  readonly json?: boolean;
}

/** The tag that holds the tier, if it occurs in the recording and `--tier-tag` is not given. */
const DEFAULT_TIER_TAG = 'tier';

/** `escalator replay`: reports what policy sets would have changed in a recording. */
export async function runReplay(
  files: readonly string[],
  options: ReplayOptions,
  io: CommandIo,
): Promise<ExitCode> {
  refuseStdinTwice(files);
  const { sets, errors } = await readPolicySets(options.policies, options.settings, io);
  if (errors.length > 0) return reportInvalid(errors, io);
  const sources = await openRecordings(files, io);
  const progress = createProgress(io);
  const memory = createMemoryGuard('replay a part (--from, --to), fewer sets, or without --json');
  try {
    const scan = await scanSources(sources, selectedPart(options), progress);
    if (scan.events === 0) throw new UsageError(formatNoEvents(scan, files, 'to replay'));
    if (options.tierTag !== undefined && !scan.tagNames.has(options.tierTag)) {
      io.err(formatNoTag(options.tierTag, scan, '--tier-tag'));
    }
    const total = scan.events + scan.messages;
    const result = await replay({
      recorded: recordedInputs(sources, scan),
      scan,
      files: sources.map(({ name }) => name),
      sets,
      region: options.region ?? scan.region ?? '',
      tierTag: options.tierTag ?? (scan.tagNames.has(DEFAULT_TIER_TAG) ? DEFAULT_TIER_TAG : undefined),
      // A text shows some rows; what it does not show need not be kept.
      listed: options.json ? ALL_ROWS : { escalations: options.top, overtakings: 0 },
      onProgress(count) {
        memory.check();
        progress.show(`Replayed ${Math.floor((count / total) * 100)} % of ${total} events`);
      },
    });
    progress.end();
    if (options.json) for (const piece of jsonPieces(result)) io.out(piece);
    else io.out(formatReplay(result, options.top));
    io.err(formatProblems(result.recording));
    return EXIT.ok;
  } finally {
    memory.end();
    progress.end();
  }
}
