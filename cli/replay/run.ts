import { parseEntry, type RecordedInput } from '../../sim/replay/recording-entry.ts';
import { isInPart, type RecordingPart, RecordingScan } from '../../sim/replay/recording-scan.ts';
import { replay } from '../../sim/replay/replay.ts';
import { mergeByTime, sortByTime } from '../../sim/replay/sort-by-time.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import { createProgress, type Progress } from '../progress.ts';
import { readEntries } from './entries.ts';
import { formatProblems, formatReplay } from './format.ts';
import { readPolicySets } from './policy-sets.ts';
import { openTextSource, type TextSource } from './text-source.ts';

export interface ReplayOptions {
  readonly policies: readonly string[];
  readonly settings?: string;
  /** Milliseconds since the epoch, as `to`. */
  readonly from?: number;
  readonly to?: number;
  readonly instance?: string;
  readonly region?: string;
  readonly tierTag?: string;
  readonly top: number;
  readonly json?: boolean;
}

/** The tag that tells tiers apart, where it occurs and no other is asked for. */
const DEFAULT_TIER_TAG = 'tier';

/** `escalator replay`: what policy sets would have changed in what was recorded. */
export async function runReplay(
  files: readonly string[],
  options: ReplayOptions,
  io: CommandIo,
): Promise<ExitCode> {
  if (files.filter((file) => file === '-').length > 1)
    throw new UsageError('Stdin (-) can be read only once.');
  const sets = await readPolicySets(options.policies, options.settings, io.cwd);
  const sources = await Promise.all(files.map((file) => openTextSource(file, io)));
  const progress = createProgress(io);
  try {
    const survey = await scanSources(sources, selectedPart(options), progress);
    if (survey.events === 0) throw new UsageError(nothingFoundMessage(survey, files));
    const region = options.region ?? survey.region ?? '';
    const tierTag = options.tierTag ?? (survey.tagNames.has(DEFAULT_TIER_TAG) ? DEFAULT_TIER_TAG : undefined);
    const total = survey.events + survey.messages;
    const result = await replay({
      recorded: mergeByTime(
        sources.map((source, index) =>
          sortByTime(readRecorded(source, survey.part), survey.disorderMs(index)),
        ),
      ),
      scan: survey,
      files: sources.map(({ name }) => name),
      sets,
      region,
      ...(tierTag === undefined ? {} : { tierTag }),
      onProgress: (taken) =>
        progress.show(`Replayed ${Math.floor((taken / total) * 100)} % of ${total} events`),
    });
    progress.end();
    io.out(options.json ? `${JSON.stringify(result, null, 2)}\n` : formatReplay(result, options.top));
    io.err(formatProblems(result.recording));
    return EXIT.ok;
  } finally {
    progress.end();
  }
}

function selectedPart({ from, to, instance }: ReplayOptions): RecordingPart {
  if (from !== undefined && to !== undefined && from >= to) {
    throw new UsageError('--from must be before --to.');
  }
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(instance === undefined ? {} : { instanceId: instance }),
  };
}

/** Goes through everything once: what is there, and how far it is out of order. */
async function scanSources(
  sources: readonly TextSource[],
  part: RecordingPart,
  progress: Progress,
): Promise<RecordingScan> {
  const survey = new RecordingScan(part);
  for (const [index, source] of sources.entries()) {
    for await (const placed of readEntries(source)) {
      const reading =
        'entry' in placed ? parseEntry(placed.entry) : { kind: 'problem' as const, message: placed.problem };
      survey.add(reading, placed.where, index);
      progress.show(`Read ${survey.entries} entries`);
    }
  }
  return survey;
}

async function* readRecorded(source: TextSource, part: RecordingPart): AsyncGenerator<RecordedInput> {
  for await (const placed of readEntries(source)) {
    const reading = 'entry' in placed ? parseEntry(placed.entry) : undefined;
    if (reading?.kind === 'recorded' && isInPart(reading.recorded, part)) yield reading.recorded;
  }
}

function nothingFoundMessage(survey: RecordingScan, files: readonly string[]): string {
  const names = files.map((file) => (file === '-' ? 'stdin' : file)).join(', ');
  const expected =
    'Expected contact events as EventBridge delivers them, {"detail-type":"Amazon Connect Contact Event",…}, one JSON ' +
    'object a line or in a JSON list.';
  if (survey.entries === 0) return `${names} ${files.length === 1 ? 'is' : 'are'} empty. ${expected}`;
  const [first] = survey.problemExamples;
  const found = [
    ...(survey.problems > 0 ? [`${survey.problems} that cannot be used`] : []),
    ...(survey.ignored > 0 ? [`${survey.ignored} of types that change nothing, such as INITIATED`] : []),
    ...(survey.messages > 0 ? [`${survey.messages} rule messages`] : []),
    ...(survey.excluded > 0 ? [`${survey.excluded} outside of --from, --to and --instance`] : []),
  ];
  return (
    `${names} ${files.length === 1 ? 'has' : 'have'} no contact event to replay: of ${survey.entries} ` +
    `${survey.entries === 1 ? 'entry' : 'entries'}, ${found.join(', ')}.` +
    `${first ? `\n  ${first.where}: ${first.message}` : ''}\n${expected}`
  );
}
