import * as Y from 'yjs'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { feedOf } from '../../core/identity/device.ts'
import type { Clock, LinkRefusal } from '../../core/ports.ts'
import { createConnection } from '../connection.ts'
import { createFamilyExchange, type FamilyExchange } from '../family-exchange.ts'
import type { Admit } from '../family-gate.ts'
import { createMemoryLinks, type MemoryLink } from './memory-link.ts'
import { stillWrtc } from './still-wrtc.ts'

/** A device with the real y-webrtc and a family document, which meets others over Links in memory. */
export interface FamilyDevice {
  readonly id: DeviceId
  readonly feed: number
  readonly doc: Y.Doc
  readonly exchange: FamilyExchange
  /** Answers for the core, until a test says otherwise. */
  verdict: Admit
  readonly bugs: unknown[]
  /** What was refused before the core saw it. */
  readonly refusals: LinkRefusal[]
  attach(link: MemoryLink): Promise<void>
}

let made = 0

/** Without a core whatever comes is admitted, into a document of its own. */
export const createFamilyDevice = async (
  letter: string,
  clock: Clock,
  core?: { id: DeviceId; doc: Y.Doc; admit: Admit },
): Promise<FamilyDevice> => {
  const id = core?.id ?? (letter.repeat(43) as DeviceId)
  const feed = await feedOf(id)
  const doc = core?.doc ?? new Y.Doc()
  if (!core) doc.clientID = feed
  const bugs: unknown[] = []
  const refusals: LinkRefusal[] = []
  const exchange = await createFamilyExchange({
    doc,
    admit: (update, from) => device.verdict(update, from),
    self: { id, feed },
    name: `test ${letter} ${made++}`,
    onBug: (error) => bugs.push(error),
    onRefusal: (refusal) => refusals.push(refusal),
  })
  exchange.room.provider.peerOpts = { wrtc: stillWrtc }
  const device: FamilyDevice = {
    id,
    feed,
    doc,
    exchange,
    bugs,
    refusals,
    verdict: core?.admit ?? (() => Promise.resolve('admitted')),
    async attach(link) {
      const connection = createConnection({
        room: exchange.room,
        device: link.device,
        role: 'initiator',
        iceServers: [],
        freshIceServers: () => [],
        isAddressHidden: false,
        clock,
        onSignal: () => undefined,
        onOpen: () => undefined,
        onIceState: () => undefined,
        onClose: () => undefined,
      })
      const { conn, withheld } = connection
      link.onClose(() => {
        exchange.detach(link)
        connection.destroy('the Link is closed')
      })
      exchange.attach({ link, feed: await feedOf(link.device), conn, withheld })
    },
  }
  return device
}

/** Links two devices; gives both ends. */
export const linkDevices = async (
  left: FamilyDevice,
  right: FamilyDevice,
): Promise<[MemoryLink, MemoryLink]> => {
  const [leftEnd, rightEnd] = createMemoryLinks(left.id, right.id)
  await left.attach(leftEnd)
  await right.attach(rightEnd)
  return [leftEnd, rightEnd]
}
