/**
 * What is to be told to the outside, held back until a moment is over: whoever is told may then call the
 * centre again without meeting it half-changed.
 */
export class DeferredActions {
  readonly #actions: (() => void)[] = [];
  #isFlushing = false;

  defer(letter: () => void): void {
    this.#actions.push(letter);
  }

  /** Delivers everything in order, what is put in meanwhile included. Within a delivery it leaves that to it. */
  flush(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    let delivered = 0;
    try {
      while (delivered < this.#actions.length) {
        const letter = this.#actions[delivered];
        delivered += 1;
        letter?.();
      }
    } finally {
      this.#actions.splice(0, delivered);
      this.#isFlushing = false;
    }
  }
}
