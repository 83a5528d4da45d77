/** Processor time of this process until now, in milliseconds: others may use the machine, too. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
