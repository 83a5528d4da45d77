import { Command } from 'commander';
import { VERSION } from '../lambda/domain/version.ts';
import type { CommandContext } from './command-context.ts';
import { addAdopt } from './commands/adopt.ts';
import { addBacktest } from './commands/backtest.ts';
import { addCalibrate } from './commands/calibrate.ts';
import { addCheck } from './commands/check.ts';
import { addCompletion } from './commands/completion.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExplain } from './commands/explain.ts';
import { addDiff, addPlan, addPull, addPush, addRollback } from './commands/parameters.ts';
import { addPause, addResume } from './commands/pause.ts';
import { addRecommend } from './commands/recommend.ts';
import { addRedrive } from './commands/redrive.ts';
import { addReplay } from './commands/replay.ts';
import { addSend } from './commands/send.ts';
import { addSimulate } from './commands/simulate.ts';
import { addStack } from './commands/stack.ts';
import { addList, addStatus } from './commands/state.ts';
import { addTestPattern } from './commands/test-pattern.ts';
import { addWatch } from './commands/watch.ts';
import { adviceOnError } from './usage-advice.ts';

/**
 * Declares the command line. Each command imports its implementation when it runs, so that it does not load
 * the AWS SDK for the others.
 *
 * @throws CommanderError from `parseAsync`, when it prints help and when the arguments are not usable.
 */
export function createProgram(context: CommandContext): Command {
  const { io } = context;
  const program = new Command('escalator')
    .description(
      'Validates, explains, simulates, replays and deploys policies, fits scenarios to recordings and judges them by others, ' +
        'recommends policies, ' +
        'lists and shows who waits and why, stops and resumes all calls, sends rule messages, redrives dead letters, ' +
        'adopts contacts that wait unknown, examines a deployment, and reads the stacks of its errors.',
    )
    .version(VERSION, '--version', 'print the version of this command')
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHelpWidth: () => io.columns ?? 100,
      getErrHelpWidth: () => io.columns ?? 100,
    })
    .addHelpText(
      'after',
      '\nExit codes: 0 success; 1 problems, differences or dead letters that remain; 2 usage error; 3 AWS error;\n' +
        '70 a defect of escalator. The shell reports 130 after Ctrl-C.\n',
    );
  addCheck(program, context);
  addTestPattern(program, context);
  addExplain(program, context);
  addSimulate(program, context);
  addRecommend(program, context);
  addReplay(program, context);
  addCalibrate(program, context);
  addBacktest(program, context);
  addStatus(program, context);
  addList(program, context);
  addWatch(program, context);
  addPlan(program, context);
  addPush(program, context);
  addPull(program, context);
  addDiff(program, context);
  addRollback(program, context);
  addPause(program, context);
  addResume(program, context);
  addSend(program, context);
  addRedrive(program, context);
  addAdopt(program, context);
  addDoctor(program, context);
  addStack(program, context);
  addCompletion(program, context);
  adviseOnErrors(program);
  return program;
}

function adviseOnErrors(command: Command): void {
  command.showSuggestionAfterError(false).configureOutput({
    outputError: (error, write) => {
      const advice = adviceOnError(error, command);
      write(advice === undefined ? error : `${error.trimEnd()}\n${advice}\n`);
    },
  });
  for (const subcommand of command.commands) adviseOnErrors(subcommand);
}
