/** Loaded into each server before anything else: tells what it has used of processor and memory, when asked. */
export interface Usage {
  cpuMs: number
  rssBytes: number
}

process.on('message', (wish) => {
  if (wish !== 'usage') return
  // Twice: the first collection lets finalizers go, the second what they held.
  globalThis.gc?.()
  globalThis.gc?.()
  const { user, system } = process.cpuUsage()
  const usage: Usage = { cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss() }
  process.send?.(usage)
})

// A bench that breaks off leaves no server behind.
process.on('disconnect', () => process.exit(1))
