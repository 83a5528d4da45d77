import { Process, type ProcessContext } from './process.ts';

interface ExecutionEnvironment<T> {
  readonly process: Process;
  readonly ports: T;
}

/** The execution environments of a function. Each is reused unless it crashed. */
export class FunctionPool<T> {
  readonly #name: string;
  readonly #timeoutMs: number;
  readonly #context: ProcessContext;
  readonly #createPorts: (process: Process) => T;
  #idle: ExecutionEnvironment<T>[] = [];
  #started = 0;
  #deployments = 0;
  #isEarlierVersion: boolean;

  /**
   * @param createPorts - runs once for each new process.
   * @param isEarlierVersion - whether it runs the earlier version of the system until {@link upgrade}.
   */
  constructor(
    name: string,
    timeoutMs: number,
    context: ProcessContext,
    createPorts: (process: Process) => T,
    isEarlierVersion = false,
  ) {
    this.#name = name;
    this.#timeoutMs = timeoutMs;
    this.#context = context;
    this.#createPorts = createPorts;
    this.#isEarlierVersion = isEarlierVersion;
  }

  /**
   * Invokes the function.
   *
   * @throws CrashError when the process crashes or times out.
   */
  async invoke<R>(invocation: (ports: T, process: Process) => Promise<R>): Promise<R> {
    const warm = this.#takeWarm();
    const deployments = this.#deployments;
    const environment = warm ?? this.#startCold();
    const { process, ports } = environment;
    const startMs = warm ? 0 : this.#context.latencies.coldStartMs();
    const start = () => invocation(ports, process);
    try {
      return await process.run(
        startMs > 0 ? () => process.sleep(startMs).then(start) : start,
        this.#timeoutMs,
      );
    } finally {
      if (process.isAlive && deployments === this.#deployments) this.#idle.push(environment);
    }
  }

  /** Ends all environments, as a deployment does: those that are busy are not used again. */
  recycle(): void {
    this.#deployments += 1;
    this.#idle = [];
  }

  /** Deploys the present version. */
  upgrade(): void {
    this.#isEarlierVersion = false;
    this.recycle();
  }

  #takeWarm(): ExecutionEnvironment<T> | undefined {
    return this.#context.faults.injects('cold-start') ? undefined : this.#idle.pop();
  }

  #startCold(): ExecutionEnvironment<T> {
    this.#started += 1;
    const process = new Process(`${this.#name}#${this.#started}`, this.#context, this.#isEarlierVersion);
    return { process, ports: this.#createPorts(process) };
  }
}
