import { Process, type Surroundings } from './process.ts';

interface Environment<T> {
  readonly process: Process;
  readonly ports: T;
}

/** The execution environments of a function: kept for the next invocation, unless they crashed. */
export class FunctionPool<T> {
  readonly #name: string;
  readonly #timeoutMs: number;
  readonly #around: Surroundings;
  readonly #portsOf: (process: Process) => T;
  readonly #idle: Environment<T>[] = [];
  #started = 0;

  /** @param portsOf - what a new process sets up, to be kept while it lives. */
  constructor(name: string, timeoutMs: number, around: Surroundings, portsOf: (process: Process) => T) {
    this.#name = name;
    this.#timeoutMs = timeoutMs;
    this.#around = around;
    this.#portsOf = portsOf;
  }

  /**
   * Invokes the function.
   *
   * @throws CrashError when its process ended before it did.
   */
  async invoke<R>(invocation: (ports: T, process: Process) => Promise<R>): Promise<R> {
    const warm = this.#warm();
    const environment = warm ?? this.#cold();
    const { process, ports } = environment;
    const startMs = warm ? 0 : this.#around.durations.coldStartMs();
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

  #warm(): Environment<T> | undefined {
    return this.#around.faults.strikes('cold-start') ? undefined : this.#idle.pop();
  }

  #cold(): Environment<T> {
    this.#started += 1;
    const process = new Process(`${this.#name}#${this.#started}`, this.#around);
    return { process, ports: this.#portsOf(process) };
  }
}
