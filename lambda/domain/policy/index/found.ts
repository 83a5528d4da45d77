/** Takes what a look-up finds, one value after another: a list, or a search that looks further at once. */
export interface Found<T> {
  push(value: T): void;
}
