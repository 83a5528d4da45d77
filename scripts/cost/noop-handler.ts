/** Stands in for the handlers that have no part in a drain. */
export const handler = async (): Promise<void> => {};
