/**
 * What is to be told to the outside, held back until a moment is over: whoever is told may then call the
 * centre again without meeting it half-changed.
 */
export class Outbox {
  readonly #letters: (() => void)[] = [];
  #isDelivering = false;

  put(letter: () => void): void {
    this.#letters.push(letter);
  }

  /** Delivers everything in order, what is put in meanwhile included. Within a delivery it leaves that to it. */
  deliver(): void {
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    let delivered = 0;
    try {
      while (delivered < this.#letters.length) {
        const letter = this.#letters[delivered];
        delivered += 1;
        letter?.();
      }
    } finally {
      this.#letters.splice(0, delivered);
      this.#isDelivering = false;
    }
  }
}
