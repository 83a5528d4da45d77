import { parseEntry, type RecordedInput } from '../../sim/replay/recording-entry.ts';
import { isInPart, type RecordingPart, RecordingScan } from '../../sim/replay/recording-scan.ts';
import { replay } from '../../sim/replay/replay.ts';
import { mergeByTime, sortByTime } from '../../sim/replay/sort-by-time.ts';
import { reportInvalid } from '../check/report-invalid.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import { formatTime, plural } from '../format.ts';
import { createProgress, type Progress } from '../progress.ts';
import { formatProblem, formatProblems, formatReplay } from './format.ts';
import { readPolicySets } from './policy-sets.ts';
import { readEntries } from './recording/entries.ts';
import { openRecordings, type RecordingSource } from './recording/open-recordings.ts';
import { type TextSource, UnreadableFileError } from './recording/text-source.ts';

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
    if (scan.events === 0) throw new UsageError(formatNoEvents(scan, files));
    if (options.tierTag !== undefined && !scan.tagNames.has(options.tierTag)) {
      io.err(formatNoTag(options.tierTag, scan));
    }
    const total = scan.events + scan.messages;
    const inputs = sources.flatMap((source, index) => {
      const startsAt = scan.startOf(index);
      if (startsAt === undefined) return [];
      return { startsAt, items: sortByTime(readInputs(source, scan.part), scan.disorderMs(index)) };
    });
    const result = await replay({
      recorded: mergeByTime(
        inputs.map(({ items }) => items),
        inputs.map(({ startsAt }) => startsAt),
      ),
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

/** Reads every source once, to find what it contains and how far its entries are out of order. */
async function scanSources(
  sources: readonly RecordingSource[],
  part: RecordingPart,
  progress: Progress,
): Promise<RecordingScan> {
  const scan = new RecordingScan(part);
  for (const [index, source] of sources.entries()) {
    try {
      await scanSource(source, index, scan, progress);
    } catch (error) {
      if (!source.isFromFolder || !(error instanceof UnreadableFileError)) throw error;
      scan.addProblem(source.name, error.message);
    }
  }
  return scan;
}

async function scanSource(
  source: TextSource,
  index: number,
  scan: RecordingScan,
  progress: Progress,
): Promise<void> {
  for await (const located of readEntries(source)) {
    const parsed =
      'entry' in located ? parseEntry(located.entry) : { kind: 'problem' as const, message: located.problem };
    scan.add(parsed, located.where, index);
    progress.show(`Read ${scan.entries} entries`);
  }
}

async function* readInputs(source: TextSource, part: RecordingPart): AsyncGenerator<RecordedInput> {
  for await (const located of readEntries(source)) {
    const parsed = 'entry' in located ? parseEntry(located.entry) : undefined;
    if (parsed?.kind === 'recorded' && isInPart(parsed.recorded, part)) yield parsed.recorded;
  }
}

/** How many entries the options leave out, and what these have instead. */
function formatExcluded({
  part,
  excluded,
  excludedFrom,
  excludedTo,
  excludedInstances,
}: RecordingScan): string {
  const isTimeGiven = part.from !== undefined || part.to !== undefined;
  const given = [
    ...(part.from === undefined ? [] : ['--from']),
    ...(part.to === undefined ? [] : ['--to']),
    ...(part.instanceId === undefined ? [] : ['--instance-id']),
  ];
  const has = [
    ...(isTimeGiven ? [`they are from ${formatTime(excludedFrom)} to ${formatTime(excludedTo)}`] : []),
    ...(part.instanceId === undefined
      ? []
      : [`their instances are ${[...excludedInstances].sort().join(', ')}`]),
  ];
  return `${excluded} excluded by ${given.join(' and ')} (${has.join('; ')})`;
}

function formatNoTag(tag: string, { tagNames }: RecordingScan): string {
  const known =
    tagNames.size === 0 ? 'They have no tags' : `Their tags are ${[...tagNames].sort().join(', ')}`;
  return `escalator: No contact has the tag ${tag} that --tier-tag names. ${known}.\n`;
}

function formatNoEvents(scan: RecordingScan, files: readonly string[]): string {
  const names = files.map((file) => (file === '-' ? 'stdin' : file)).join(', ');
  const isSingle = files.length === 1;
  const expected =
    'Expected contact events as EventBridge delivers them, {"detail-type":"Amazon Connect Contact Event",…}, ' +
    'one JSON object per line or in a JSON list.';
  if (scan.entries === 0) return `${names} ${isSingle ? 'is' : 'are'} empty. ${expected}`;
  // A problem that says what was found, or how to convert it, before one that does not.
  const isBare = ({ message }: { message: string }) => message.endsWith('one JSON object per line.');
  const [example] = scan.problemExamples.toSorted((a, b) => Number(isBare(a)) - Number(isBare(b)));
  const counts = [
    ...(scan.problems > 0 ? [`${scan.problems} not readable`] : []),
    ...(scan.ignored > 0 ? [`${scan.ignored} of types that change nothing, such as INITIATED`] : []),
    ...(scan.messages > 0 ? [plural(scan.messages, 'rule message')] : []),
    ...(scan.excluded > 0 ? [formatExcluded(scan)] : []),
  ];
  return (
    `${names} ${isSingle ? 'has' : 'have'} no contact event to replay: of ` +
    `${plural(scan.entries, 'entry', 'entries')}, ${counts.join(', ')}.` +
    `${example ? `\n  ${formatProblem({ ...example, count: 1 })}` : ''}\n${expected}`
  );
}
