/** Loaded into each server before anything else: tells what it has used of processor and memory, when asked. */
export interface Usage {
  cpuMs: number
  rssBytes: number
}

const clean = (): void => {
  // Twice: the first collection lets finalizers go, the second what they held.
  globalThis.gc?.()
  globalThis.gc?.()
}

process.on('message', (wish) => {
  // Only what is asked for is measured: cleaning up beforehand costs time of its own.
  if (wish === 'rss') clean()
  const { user, system } = process.cpuUsage()
  const usage: Usage = { cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss() }
  process.send?.(usage)
})

// A bench that breaks off leaves no server behind.
process.on('disconnect', () => process.exit(1))
