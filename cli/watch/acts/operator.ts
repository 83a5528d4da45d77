import type { Deployment } from '../../../lambda/aws/deployment.ts';
import type { CommandIo } from '../../command-io.ts';
import type { AwsOptions, PrefixOptions } from '../../options/aws.ts';
import type { Act, ActPreview, ActProblem } from './act.ts';

/** What the console acts through. */
export interface ConsoleOperator {
  /** The person, as the environment names them; empty where it does not. */
  readonly who: string;
  /**
   * Prepares an act, and changes nothing.
   *
   * @param id - of the act; a message with the same id has an effect once.
   * @throws InvalidActError where it is not valid, AwsError when a request fails.
   */
  preview(act: Act, id: string): Promise<ActPreview>;
  /**
   * Does exactly what a preview says.
   *
   * @throws AwsError when a request fails; it names the permission that is missing, if one is.
   */
  send(preview: ActPreview): Promise<ActReceipt>;
}

/** What came of an act at once. */
export interface ActReceipt {
  /** When it was sent, in milliseconds since the epoch, by the clock of the deployment. */
  readonly at: number;
  readonly words: readonly string[];
}

/** An act that is not valid. */
export class InvalidActError extends Error {
  override readonly name = 'InvalidActError';
  readonly problems: readonly ActProblem[];

  constructor(problems: readonly ActProblem[]) {
    super(problems.map(({ message }) => message).join(' '));
    this.problems = problems;
  }
}

/** Where a console acts. */
export interface OperatorOptions extends AwsOptions, PrefixOptions {
  readonly deployment: Pick<Deployment, 'instanceIds' | 'ruleMessagesQueueUrl' | 'operatorMessagesQueueUrl'>;
}

/** What an operator needs of the environment of a command. */
export type OperatorIo = Pick<CommandIo, 'now' | 'env' | 'sleep'>;
