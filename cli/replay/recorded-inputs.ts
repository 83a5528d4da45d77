import { parseEntry, type RecordedInput } from '../../sim/replay/recording-entry.ts';
import { isInPart, type RecordingPart, RecordingScan } from '../../sim/replay/recording-scan.ts';
import { mergeByTime, sortByTime } from '../../sim/replay/sort-by-time.ts';
import { UsageError } from '../errors.ts';
import type { RecordingPartOptions } from '../options/recording-part.ts';
import type { Progress } from '../progress.ts';
import { readEntries } from './recording/entries.ts';
import type { RecordingSource } from './recording/open-recordings.ts';
import { type TextSource, UnreadableFileError } from './recording/text-source.ts';

/** @throws UsageError where the part ends before it begins. */
export function selectedPart({ from, to, instanceId }: RecordingPartOptions): RecordingPart {
  if (from !== undefined && to !== undefined && from >= to) {
    throw new UsageError('--from must be before --to.');
  }
  return { from, to, instanceId };
}

/** Reads every source once, to find what it contains and how far its entries are out of order. */
export async function scanSources(
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

/**
 * The inputs of all sources in order of time.
 *
 * @param scan - that of {@link scanSources}.
 */
export function recordedInputs(
  sources: readonly RecordingSource[],
  scan: RecordingScan,
): AsyncGenerator<RecordedInput> {
  const inputs = sources.flatMap((source, index) => {
    const startsAt = scan.startOf(index);
    if (startsAt === undefined) return [];
    return { startsAt, items: sortByTime(readInputs(source, scan.part), scan.disorderMs(index)) };
  });
  return mergeByTime(
    inputs.map(({ items }) => items),
    inputs.map(({ startsAt }) => startsAt),
  );
}

async function* readInputs(source: TextSource, part: RecordingPart): AsyncGenerator<RecordedInput> {
  for await (const located of readEntries(source)) {
    const parsed = 'entry' in located ? parseEntry(located.entry) : undefined;
    if (parsed?.kind === 'recorded' && isInPart(parsed.recorded, part)) yield parsed.recorded;
  }
}
