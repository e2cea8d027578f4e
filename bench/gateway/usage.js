// Imported into every process that is measured, as plain JavaScript, which costs no process anything: tells the parent, when it asks, what
// the process has used so far (Usage, in measured-process.ts).
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({
    cpuUs: user + system,
    rssMib: process.memoryUsage.rss() / 2 ** 20,
    peakRssMib: process.resourceUsage().maxRSS / 1024,
  });
});
// Being asked is no reason to go on.
process.channel.unref();
// However the bench ends, nothing is left behind.
process.on('disconnect', () => process.exit());
