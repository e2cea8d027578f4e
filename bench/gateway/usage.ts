// Imported into every process that is measured: tells the parent, when it asks, what the process has used so far.

/** Of all threads: processor time in µs; resident memory now and at most, in MiB. */
export interface Usage {
  readonly cpuUs: number;
  readonly rssMib: number;
  readonly peakRssMib: number;
}

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({
    cpuUs: user + system,
    rssMib: process.memoryUsage.rss() / 2 ** 20,
    peakRssMib: process.resourceUsage().maxRSS / 1024,
  } satisfies Usage);
});
// Being asked is no reason to go on.
process.channel?.unref();
// However the bench ends, nothing is left behind.
process.on('disconnect', () => process.exit());
