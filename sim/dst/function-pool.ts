import type { Cloud } from './cloud.ts';
import { type ProcessPorts, portsOf } from './ports.ts';
import { Process } from './process.ts';

interface Environment {
  readonly process: Process;
  readonly ports: ProcessPorts;
}

/** The execution environments of a function: kept for the next invocation, unless they crashed. */
export class FunctionPool {
  readonly #name: string;
  readonly #timeoutMs: number;
  readonly #cloud: Cloud;
  readonly #idle: Environment[] = [];
  #started = 0;

  constructor(name: string, timeoutMs: number, cloud: Cloud) {
    this.#name = name;
    this.#timeoutMs = timeoutMs;
    this.#cloud = cloud;
  }

  /**
   * Invokes the function.
   *
   * @throws CrashError when its process ended before it did.
   */
  async invoke<T>(invocation: (ports: ProcessPorts, process: Process) => Promise<T>): Promise<T> {
    const environment = this.#environment();
    const { process, ports } = environment;
    try {
      return await process.run(() => invocation(ports, process), this.#timeoutMs);
    } finally {
      if (process.isAlive) this.#idle.push(environment);
    }
  }

  #environment(): Environment {
    const idle = this.#cloud.faults.strikes('cold-start') ? undefined : this.#idle.pop();
    if (idle) return idle;
    this.#started += 1;
    const process = new Process(`${this.#name}#${this.#started}`, this.#cloud);
    return { process, ports: portsOf(process, this.#cloud) };
  }
}
