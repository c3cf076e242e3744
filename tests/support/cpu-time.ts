/** Milliseconds of processor time that this process has used: what a loaded machine gives to others does not count. */
export const cpuTime = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
