import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyMutant, type Mutant } from './mutants.ts';

const ROOT = join(import.meta.dirname, '../..');

/** What a campaign of deterministic simulation testing (DST) loads. */
const FOLDERS = ['lambda', 'sim', 'local', 'scripts', 'cli'];

/** A copy of the code, which can have one defect at a time. */
export class CodeCopy {
  readonly directory = mkdtempSync(join(tmpdir(), 'mutants-'));

  constructor() {
    for (const folder of FOLDERS) {
      cpSync(join(ROOT, folder), join(this.directory, folder), { recursive: true });
    }
    cpSync(join(ROOT, 'package.json'), join(this.directory, 'package.json'));
    symlinkSync(join(ROOT, 'node_modules'), join(this.directory, 'node_modules'));
  }

  /**
   * Does something while the copy has a defect.
   *
   * @throws StaleMutantError when the code has moved on from what the defect replaces.
   */
  async withMutant<T>(mutant: Mutant, action: () => Promise<T>): Promise<T> {
    const read = (file: string) => readFileSync(join(this.directory, file), 'utf8');
    const originals = mutant.edits.map(({ file }) => [file, read(file)] as const);
    for (const [file, text] of applyMutant(mutant, read)) this.#write(file, text);
    try {
      return await action();
    } finally {
      for (const [file, text] of originals) this.#write(file, text);
    }
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  #write(file: string, text: string): void {
    writeFileSync(join(this.directory, file), text);
  }
}
