import type { OwnFork } from '../hearth.ts'
import type { Device } from '../identity/device.ts'
import type { Logs } from '../log/logs.ts'
import { createValue, type Value } from '../value.ts'
import { parseMessageBody } from './message-body.ts'

/** Where this device's own feed is forked (P6), with the texts that went by it, which nobody else could give back. */
export const watchOwnForks = (
  logs: Pick<Logs, 'forks' | 'onFork'>,
  device: Pick<Device, 'id'>,
): { value: Value<readonly OwnFork[]>; close: () => void } => {
  const known = logs.forks().filter((fork) => fork.device === device.id)
  const value = createValue<readonly OwnFork[]>(
    known.map(({ log: room, page }) => ({ room, page, lost: [] })),
  )
  const close = logs.onFork(({ log: room, page, device: of, lost }) => {
    if (of !== device.id) return
    const texts = lost.flatMap((body) => parseMessageBody(body) ?? [])
    const isHere = (fork: OwnFork) => fork.room === room && fork.page === page
    // It may be cut further back, when an earlier fork is found.
    const before = value.get().find(isHere)?.lost ?? []
    value.set([...value.get().filter((fork) => !isHere(fork)), { room, page, lost: [...texts, ...before] }])
  })
  return { value, close }
}
