import type { RecordingPart, RecordingScan } from '../../sim/replay/recording-scan.ts';
import { replay } from '../../sim/replay/replay.ts';
import { reportInvalid } from '../check/report-invalid.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import { createProgress } from '../progress.ts';
import { formatProblems, formatReplay } from './format.ts';
import { formatNoEvents } from './no-events.ts';
import { readPolicySets } from './policy-sets.ts';
import { recordedInputs, scanSources } from './recorded-inputs.ts';
import { openRecordings } from './recording/open-recordings.ts';

export interface ReplayOptions {
  /** Directories of policies, one for each set. */
  readonly policies: readonly string[];
  /** The file of the settings for all sets. */
  readonly settings?: string;
  /** Milliseconds since the epoch, inclusive. */
  readonly from?: number;
  /** Milliseconds since the epoch, exclusive. */
  readonly to?: number;
  readonly instanceId?: string;
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
  if (files.filter((file) => file === '-').length > 1) {
    throw new UsageError('Stdin (-) can be read only once.');
  }
  const { sets, errors } = await readPolicySets(options.policies, options.settings, io);
  if (errors.length > 0) return reportInvalid(errors, io);
  const sources = await openRecordings(files, io);
  const progress = createProgress(io);
  try {
    const scan = await scanSources(sources, selectedPart(options), progress);
    if (scan.events === 0) throw new UsageError(formatNoEvents(scan, files, 'to replay'));
    if (options.tierTag !== undefined && !scan.tagNames.has(options.tierTag)) {
      io.err(formatNoTag(options.tierTag, scan));
    }
    const total = scan.events + scan.messages;
    const result = await replay({
      recorded: recordedInputs(sources, scan),
      scan,
      files: sources.map(({ name }) => name),
      sets,
      region: options.region ?? scan.region ?? '',
      tierTag: options.tierTag ?? (scan.tagNames.has(DEFAULT_TIER_TAG) ? DEFAULT_TIER_TAG : undefined),
      onProgress: (count) =>
        progress.show(`Replayed ${Math.floor((count / total) * 100)} % of ${total} events`),
    });
    progress.end();
    io.out(options.json ? `${JSON.stringify(result, null, 2)}\n` : formatReplay(result, options.top));
    io.err(formatProblems(result.recording));
    return EXIT.ok;
  } finally {
    progress.end();
  }
}

function selectedPart({ from, to, instanceId }: ReplayOptions): RecordingPart {
  if (from !== undefined && to !== undefined && from >= to) {
    throw new UsageError('--from must be before --to.');
  }
  return { from, to, instanceId };
}

function formatNoTag(tag: string, { tagNames }: RecordingScan): string {
  const known =
    tagNames.size === 0 ? 'They have no tags' : `Their tags are ${[...tagNames].sort().join(', ')}`;
  return `escalator: No contact has the tag ${tag} that --tier-tag names. ${known}.\n`;
}
