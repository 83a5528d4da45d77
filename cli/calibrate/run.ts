import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { calibrate, LEAST_CONTACTS } from '../../sim/calibration/calibration.ts';
import { Collector } from '../../sim/calibration/collector.ts';
import { doubtsAbout } from '../../sim/calibration/doubts.ts';
import { isManyDays, scenarioText } from '../../sim/calibration/scenario-text.ts';
import type { RecordingScan } from '../../sim/replay/recording-scan.ts';
import { calibrationHtml } from '../../sim/report/calibration/index.ts';
import { reportInvalid } from '../check/report-invalid.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import { formatTime, plural } from '../format.ts';
import { createMemoryGuard } from '../memory-guard.ts';
import type { RecordingPartOptions } from '../options/recording-part.ts';
import { createProgress } from '../progress.ts';
import { formatProblems } from '../replay/format.ts';
import { formatNoEvents } from '../replay/no-events.ts';
import { formatNoTag } from '../replay/no-tag.ts';
import { recordedInputs, scanSources, selectedPart } from '../replay/recorded-inputs.ts';
import { openRecordings, refuseStdinTwice } from '../replay/recording/open-recordings.ts';
import { validateReportPath, writeReport } from '../simulate/report.ts';
import { readPolicySet } from '../sources/policy-sets.ts';
import { asUsageError } from '../sources/read.ts';
import { formatSummary } from './format.ts';
import { profilesWithoutRoster, readRoster, withRoster } from './roster.ts';

export interface CalibrateOptions extends RecordingPartOptions {
  /** The file to write the scenario to. Default: it is printed. */
  readonly output?: string;
  readonly force?: boolean;
  /** Tags that name the tier, with or without `tags.` before them. */
  readonly tier?: readonly string[];
  /** A directory of policies whose tags name the tier. */
  readonly policies?: string;
  readonly timezone?: string;
  readonly serviceLevel: string;
  /** A file with the agents on shift. */
  readonly roster?: string;
  /** The file to write the report to. */
  readonly report?: string;
}

/** The tag that names the tier, if contacts have it and no option says otherwise. */
const DEFAULT_TIER_TAG = 'tier';

/** `escalator calibrate`: fits a scenario to a recording. */
export async function runCalibrate(
  files: readonly string[],
  options: CalibrateOptions,
  io: CommandIo,
): Promise<ExitCode> {
  refuseStdinTwice(files);
  const part = selectedPart(options);
  const { serviceLevel } = options;
  const timezone = options.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const policies = options.policies === undefined ? undefined : await readPolicySet(options.policies, io);
  // The tags of a part of a set would be misleading.
  if (policies && policies.errors.length > 0) return reportInvalid(policies.errors, io);
  const roster = options.roster === undefined ? undefined : await readRoster(options.roster, io.cwd);
  if (options.report !== undefined) await validateReportPath(options.report, io.cwd);
  const sources = await openRecordings(files, io);
  const progress = createProgress(io);
  const memory = createMemoryGuard('calibrate from a part (--from, --to)');
  try {
    const scan = await scanSources(sources, part, progress);
    if (scan.events === 0) throw new UsageError(formatNoEvents(scan, files, 'to calibrate from'));
    const tierTags = tierTagsOf(options.tier, policies?.policies, scan, io);
    const collector = new Collector({ timezone, tierTags, testContacts: false });
    let read = 0;
    const total = scan.events + scan.messages;
    for await (const input of recordedInputs(sources, scan)) {
      collector.add(input);
      memory.check();
      read += 1;
      progress.show(`Fitted ${Math.floor((read / total) * 100)} % of ${total} events`);
    }
    const collected = collector.end();
    progress.show('Fitting …');
    const seen = calibrate(timezone, collected);
    const calibration = roster ? withRoster(seen, roster, collected) : seen;
    progress.end();
    if (calibration.streams.length === 0) {
      throw new UsageError(
        `Only ${plural(collected.contacts, 'contact')} waited in a queue: no stream has the ${LEAST_CONTACTS} that a fit needs.`,
      );
    }
    const doubts = [
      ...doubtsAbout(collected, calibration),
      ...(roster ? profilesWithoutRoster(seen.profiles, calibration.profiles) : []),
    ];
    const names = sources.map(({ name }) => name);
    const text = scenarioText(calibration, collected, {
      timezone,
      tierTags,
      files: names,
      serviceLevel,
      doubts,
    });
    io.err(formatProblems(scan));
    if (options.output === undefined) {
      io.out(text);
    } else {
      await write(options.output, text, options.force === true, io);
      io.out(formatSummary(calibration, collected, doubts, timezone));
      io.err(`Scenario: ${options.output}\n`);
    }
    if (options.report !== undefined) {
      const html = calibrationHtml(calibration, {
        timezone,
        files: names,
        contacts: collected.contacts,
        from: formatTime(collected.startsAt),
        to: formatTime(collected.endsAt),
        doubts,
        isWeekly: isManyDays(collected),
        seen: seen.profiles,
      });
      await writeReport(options.report, html, io);
    }
    return EXIT.ok;
  } finally {
    memory.end();
    progress.end();
  }
}

/** The tags that name the tier: those of the option, those that policies name, or `tier`. */
function tierTagsOf(
  tier: readonly string[] | undefined,
  policies: readonly Policy[] | undefined,
  scan: RecordingScan,
  io: CommandIo,
): readonly string[] {
  const chosen = tier?.map((name) => name.replace(/^tags\./, '')) ?? [];
  const ofPolicies = policies === undefined ? [] : createPolicySet(policies).tagNames;
  const asked = [...new Set([...chosen, ...ofPolicies])];
  for (const name of asked) if (!scan.tagNames.has(name)) io.err(formatNoTag(name, scan));
  const found = asked.filter((name) => scan.tagNames.has(name));
  return asked.length === 0 && scan.tagNames.has(DEFAULT_TIER_TAG) ? [DEFAULT_TIER_TAG] : found;
}

/** @throws UsageError where the file exists, or cannot be written. */
async function write(file: string, text: string, isForced: boolean, io: CommandIo): Promise<void> {
  try {
    await writeFile(resolve(io.cwd, file), text, { flag: isForced ? 'w' : 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      await asUsageError(file, () => Promise.reject(error));
    throw new UsageError(`${file} exists. Add --force to replace it.`);
  }
}
