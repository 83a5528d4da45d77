import { type Command, InvalidArgumentError } from 'commander';
import { durationSeconds } from '../../lambda/domain/duration.ts';
import type { CalibrateOptions } from '../calibrate/run.ts';
import type { CommandContext } from '../command-context.ts';
import { parseInstanceId } from '../options/connect-id.ts';
import { repeated } from '../options/repeated.ts';
import { timeOf } from '../options/time.ts';
import { timezoneOf } from '../options/timezone.ts';

export function addCalibrate(program: Command, { io, setExitCode }: CommandContext): void {
  program
    .command('calibrate')
    .description(
      'Fits a scenario to recorded contact events: arrivals, handling, patience, redials, transfers and agents. The ' +
        'scenario says of each number how sure it is.',
    )
    .argument(
      '<file...>',
      'files or folders with contact events of many days in JSON, also compressed by gzip; - reads stdin',
    )
    .option('-o, --output <file>', 'write the scenario there (default: print it)')
    .option('--force', 'replace the file of --output')
    .option(
      '--tier <tag>',
      'a tag that names the tier, such as tags.tier; repeatable (default: those of --policies, else tier)',
      repeated,
    )
    .option('--policies <directory>', 'the tags that these policies name make the tiers')
    .option(
      '--timezone <zone>',
      'the time zone of weekdays and half hours (default: that of this machine)',
      timezoneOf('--timezone', io.err),
    )
    .option('--service-level <duration>', 'the target time of the service level', parseDuration, '60s')
    .option(
      '--from <time>',
      'only events at or after this time, such as 2026-11-23T00:00:00Z',
      timeOf('--from', io.err),
    )
    .option('--to <time>', 'only events before this time', timeOf('--to', io.err))
    .option(
      '--instance-id <id>',
      'only the contacts of this Connect instance (default: all instances)',
      parseInstanceId,
    )
    .addHelpText(
      'after',
      `
Examples:
  escalator calibrate november/ -o centre.yaml --timezone Europe/Berlin
  escalator calibrate november.jsonl.gz --policies policies --to 2026-11-23T00:00:00Z -o centre.yaml`,
    )
    .action(async (files: string[], options: CalibrateOptions) => {
      const { runCalibrate } = await import('../calibrate/run.ts');
      setExitCode(await runCalibrate(files, options, io));
    });
}

function parseDuration(text: string): string {
  if ((durationSeconds(text) ?? 0) >= 1) return text;
  throw new InvalidArgumentError('Expected a duration of at least 1s, such as 60s or 1m30s.');
}
