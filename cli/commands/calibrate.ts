import type { Command } from 'commander';
import type { CalibrateOptions } from '../calibrate/run.ts';
import type { CommandContext } from '../command-context.ts';
import { parseSeconds } from '../options/duration.ts';
import { addRecordingPartOptions } from '../options/recording-part.ts';
import { repeated } from '../options/repeated.ts';
import { timezoneOf } from '../options/timezone.ts';

export function addCalibrate(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
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
    .option('--roster <file>', 'who is on shift, in CSV with the columns day,from,to,queues,agents')
    .option('--report <file>', 'also write a report with pictures, one HTML file')
    .option('--service-level <duration>', 'the target time of the service level', parseDuration, '60s');
  addRecordingPartOptions(command, io.err)
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

/** The scenario has the duration as it is written here. */
function parseDuration(text: string): string {
  parseSeconds(text);
  return text;
}
