/** A handler that does nothing, for functions that a test or a measurement does not need. */
export const handler = async (): Promise<void> => {};
