import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Reply, Request, Setup } from './judge/protocol.ts';

/** The longest time of one judgement, in milliseconds. Only a loop that counts no work, such as one in a library, takes longer. */
export const PATIENCE_MS = 180_000;

/** A judge that ended by itself, or was ended. */
export class JudgeLostError extends Error {
  override readonly name = 'JudgeLostError';
  /** Whether it was ended because it took longer than `PATIENCE_MS`. */
  readonly isOutOfTime: boolean;

  constructor(kind: Request['kind'], isOutOfTime: boolean) {
    super(`The judge ended over ${JSON.stringify(kind)}`);
    this.isOutOfTime = isOutOfTime;
  }
}

/** A process that judges, started when it is needed. */
export class Judge {
  readonly #setup: Setup;
  #process: ChildProcess | undefined;

  constructor(setup: Setup) {
    this.#setup = setup;
  }

  /**
   * Has a request answered.
   *
   * @throws JudgeLostError when the process ended over it. The next request starts another one.
   */
  async ask(request: Request): Promise<Reply> {
    const process = this.#started();
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    let isOutOfTime = false;
    const endProcess = () => {
      isOutOfTime = true;
      process.kill('SIGKILL');
    };
    const timer = request.kind === 'judge' ? setTimeout(endProcess, PATIENCE_MS) : undefined;
    const onExit = () => reject(new JudgeLostError(request.kind, isOutOfTime));
    process.once('exit', onExit).once('message', resolve);
    process.send(request);
    try {
      return await promise;
    } catch (error) {
      this.#process = undefined;
      throw error;
    } finally {
      clearTimeout(timer);
      process.off('exit', onExit).off('message', resolve);
    }
  }

  /** Ends the process; the next request starts another one. */
  stop(): void {
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
  }

  #started(): ChildProcess {
    this.#process ??= fork(join(import.meta.dirname, 'judge/process.ts'), [JSON.stringify(this.#setup)], {
      execArgv: ['--no-warnings'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    return this.#process;
  }
}
