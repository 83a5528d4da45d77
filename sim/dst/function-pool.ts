import { type Environment, Process } from './process.ts';

interface ExecutionEnvironment<T> {
  readonly process: Process;
  readonly ports: T;
}

/** The execution environments of a function: kept for the next invocation, unless they crashed. */
export class FunctionPool<T> {
  readonly #name: string;
  readonly #timeoutMs: number;
  readonly #environment: Environment;
  readonly #portsOf: (process: Process) => T;
  readonly #idle: ExecutionEnvironment<T>[] = [];
  #started = 0;

  /** @param portsOf - what a new process sets up, to be kept while it lives. */
  constructor(name: string, timeoutMs: number, around: Environment, portsOf: (process: Process) => T) {
    this.#name = name;
    this.#timeoutMs = timeoutMs;
    this.#environment = around;
    this.#portsOf = portsOf;
  }

  /**
   * Invokes the function.
   *
   * @throws CrashError when its process ended before it did.
   */
  async invoke<R>(invocation: (ports: T, process: Process) => Promise<R>): Promise<R> {
    const warm = this.#takeWarm();
    const environment = warm ?? this.#startCold();
    const { process, ports } = environment;
    const startMs = warm ? 0 : this.#environment.latencies.coldStartMs();
    const begun = () => invocation(ports, process);
    try {
      return await process.run(
        startMs > 0 ? () => process.sleep(startMs).then(begun) : begun,
        this.#timeoutMs,
      );
    } finally {
      if (process.isAlive) this.#idle.push(environment);
    }
  }

  #takeWarm(): ExecutionEnvironment<T> | undefined {
    return this.#environment.faults.injects('cold-start') ? undefined : this.#idle.pop();
  }

  #startCold(): ExecutionEnvironment<T> {
    this.#started += 1;
    const process = new Process(`${this.#name}#${this.#started}`, this.#environment);
    return { process, ports: this.#portsOf(process) };
  }
}
