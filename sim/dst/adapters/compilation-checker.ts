import type { CompiledConfiguration } from '../../../lambda/domain/configuration/compiled.ts';
import { KINDS } from '../texts.ts';

/** A parameter as it was written last. */
interface WrittenParameter {
  readonly version: number;
  /** How many parameters had been written or deleted before. */
  readonly order: number;
}

/**
 * Checks invariant 20: a compilation that ends well has the parameters in force as they were when it began, or later. Of
 * several compilations at once all but one are in vain, and have to begin anew.
 */
export class CompilationChecker {
  checks = 0;
  readonly #written = new Map<string, WrittenParameter>();
  readonly #deleted = new Map<string, number>();
  #writes = 0;
  readonly #report: (message: string) => void;

  constructor(report: (message: string) => void) {
    this.#report = report;
  }

  /** A parameter is written. @param name - below the prefix. */
  onWritten(name: string): void {
    const version = (this.#written.get(name)?.version ?? 0) + 1;
    this.#written.set(name, { version, order: this.#writes++ });
    this.#deleted.delete(name);
  }

  /** A parameter is deleted. Another one of its name begins with version 1. */
  onDeleted(name: string): void {
    this.#written.delete(name);
    this.#deleted.set(name, this.#writes++);
  }

  /**
   * A compilation begins.
   *
   * @returns what is called with the configuration in force once it ends well.
   */
  onBegin(): (inForce: CompiledConfiguration | undefined) => void {
    const begin = this.#writes;
    return (inForce) => {
      this.checks += 1;
      const versions = versionsOf(inForce);
      for (const [name, { version, order }] of this.#written) {
        const known = versions.get(name) ?? [];
        if (order >= begin || known.includes(version)) continue;
        const found = known.length > 0 ? `version ${known.join(' and ')}` : 'nothing';
        this.#report(
          `a compilation ends with ${found} of ${name}, which had version ${version} when it began`,
        );
      }
      for (const [name, order] of this.#deleted) {
        if (order < begin && versions.has(name)) {
          this.#report(`a compilation ends with ${name}, which had been deleted when it began`);
        }
      }
    };
  }
}

/** The versions of each parameter that are in force, and those that are refused. */
function versionsOf(compiled: CompiledConfiguration | undefined): Map<string, number[]> {
  const versions = new Map<string, number[]>();
  const add = (name: string, version: number) => versions.set(name, [...(versions.get(name) ?? []), version]);
  for (const kind of KINDS) {
    for (const { name, version } of compiled?.[kind] ?? []) add(`${kind}/${name}`, version);
  }
  for (const name of ['settings', 'pause'] as const) {
    const part = compiled?.[name];
    // The default settings have version 0.
    if (part && part.version > 0) add(name, part.version);
  }
  for (const { parameter, version } of compiled?.refused ?? []) add(parameter, version);
  return versions;
}
