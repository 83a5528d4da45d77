import type { Command } from 'commander';
import { parseHours } from './duration.ts';
import { integer } from './integer.ts';

/** How a command simulates a scenario. */
export interface SimulationCommandOptions {
  readonly seed: number;
  /** Default: those of the scenario. */
  readonly hours?: number;
  /** Default: all. */
  readonly cores?: number;
}

/** Adds the options of {@link SimulationCommandOptions} to a command. */
export function addSimulationOptions(command: Command): Command {
  const withSeed = addSeedOption(command);
  return addCoresOption(
    withSeed.option('--hours <number>', 'the simulated hours (default: those of the scenario)', parseHours),
  );
}

export function addSeedOption(command: Command): Command {
  return command.option(
    '--seed <number>',
    'a different seed makes different customers',
    integer(0, 2 ** 31 - 1),
    1,
  );
}

export function addCoresOption(command: Command): Command {
  return command.option(
    '--cores <number>',
    'how many cores to simulate on; the result is the same (default: all)',
    integer(1, 256),
  );
}
