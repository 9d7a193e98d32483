import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as syncProtocol from 'y-protocols/sync'
import type { DeviceId } from '../../../../shared/identifiers.ts'
import { encodeAsk, encodeUpdate } from '../../../net/family-message.ts'
import { createFamilyGate, type Admit } from '../../../net/family-gate.ts'
import type { Family } from '../../group/family.ts'
import type { Device } from '../../identity/device.ts'
import { linkChannels, type Link, type LinkRefusal } from '../../ports.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What y-webrtc does for the family document (net/family-exchange.ts), without its room: the gate before it is the real one. */
export interface FamilyCarrier {
  attach(link: Link, device: Pick<Device, 'id' | 'feed'>): void
  ask(link: Link): void
  close(): void
}

export interface FamilyCarrierOptions {
  doc: Family['doc']
  admit: Admit
  links(): readonly Link[]
  areLinked(device: DeviceId, other: DeviceId): boolean
  onBug(error: unknown): void
  onRefusal(refusal: LinkRefusal): void
}

const syncMessage = 0

export const createFamilyCarrier = (options: FamilyCarrierOptions): FamilyCarrier => {
  const { doc, links, areLinked } = options
  const gate = createFamilyGate(options)
  let takingFrom: DeviceId | undefined

  const send = (link: Link, message: Bytes): void => {
    if (link.isOpen) link.send(linkChannels.family, message)
  }
  const ask = (link: Link): void => send(link, encodeAsk(doc))

  /** Y3, as with pages: to all but the one it came from and those that one is linked to. */
  const onUpdate = (update: Uint8Array): void => {
    const from = takingFrom
    const message = encodeUpdate(update)
    for (const link of links()) {
      const knows = from !== undefined && (link.device === from || areLinked(from, link.device))
      if (!knows) send(link, message)
    }
  }
  doc.on('update', onUpdate)

  const pass = (link: Link, bytes: Bytes): void => {
    const decoder = decoding.createDecoder(bytes)
    const answer = encoding.createEncoder()
    encoding.writeVarUint(answer, decoding.readVarUint(decoder))
    takingFrom = link.device
    try {
      const type = syncProtocol.readSyncMessage(decoder, answer, doc, link)
      if (type === syncProtocol.messageYjsSyncStep1) send(link, new Uint8Array(encoding.toUint8Array(answer)))
    } finally {
      takingFrom = undefined
    }
  }

  return {
    attach(link, device) {
      gate.attach({
        link,
        sender: { device: device.id, feed: device.feed },
        ask: () => ask(link),
        pass(message) {
          if (message[0] === syncMessage) pass(link, message)
        },
      })
      ask(link)
    },
    ask,
    close: () => doc.off('update', onUpdate),
  }
}
