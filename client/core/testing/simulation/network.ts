import type { DeviceId } from '../../../../shared/identifiers.ts'
import type { LinkChannel, Network } from '../../ports.ts'
import type { Dice } from './dice.ts'
import type { Events } from './events.ts'
import { createMember, type Member, type MemberOptions } from './network-member.ts'
import { createWire, type Line, type Wire } from './wire.ts'

/** Where the simulated devices meet. */
export interface SimulatedNetwork {
  join(options: MemberOptions): JoinedNetwork
  /** Begins a handshake where there is no Link: the devices are linked a while later, if both are still there (L3). */
  connect(left: DeviceId, right: DeviceId): void
  cut(left: DeviceId, right: DeviceId): void
  areConnected(left: DeviceId, right: DeviceId): boolean
  /** From here on lines lose nothing; those that did are cut. */
  repair(): void
}

export interface JoinedNetwork extends Network {
  /** The device is gone without a word. */
  vanish(): void
}

export interface NetworkOptions {
  events: Events
  dice: Dice
  /** How the line between two devices is. */
  lineBetween(left: DeviceId, right: DeviceId): Line
  onDelivery(from: DeviceId, to: DeviceId, channel: LinkChannel, message: Uint8Array<ArrayBuffer>): void
  swallows: boolean
}

const nameOf = (left: DeviceId, right: DeviceId): string => [left, right].sort().join(' ')

export const createSimulatedNetwork = (options: NetworkOptions): SimulatedNetwork => {
  const { events, dice } = options
  const members = new Map<DeviceId, Member>()
  const wires = new Map<string, Wire>()
  /** Handshakes under way; another or a cut puts an end to them. */
  const attempts = new Map<string, object>()
  let isRepaired = false

  const lineBetween = (left: DeviceId, right: DeviceId): Line => {
    const line = options.lineBetween(left, right)
    return isRepaired ? { ...line, drops: 0, duplicates: 0, reorders: 0 } : line
  }
  const isUp = (left: DeviceId, right: DeviceId): boolean =>
    wires.get(nameOf(left, right))?.ends.every((end) => end.isOpen) ?? false

  /** Checked for some only: it costs more than all else about a Link. */
  const checkedPercent = 20

  /** L3: each side looks at what the other shows, and honest devices of one family are never turned away. */
  const checkEachOther = async (one: Member, other: Member): Promise<boolean> => {
    const standings = await Promise.all([
      one.family.checkCredential(other.device.id, other.family.credential()),
      other.family.checkCredential(one.device.id, one.family.credential()),
    ])
    const [ofOther, ofOne] = standings
    if (ofOther !== 'member' && !one.mayBeOut(other.device.id))
      one.onTrouble(`turned away a device that is ${ofOther}`)
    if (ofOne !== 'member' && !other.mayBeOut(one.device.id))
      other.onTrouble(`turned away a device that is ${ofOne}`)
    return one.isHere && other.isHere && ofOther === 'member' && ofOne === 'member'
  }

  const link = async (left: DeviceId, right: DeviceId, attempt: object): Promise<void> => {
    const [one, other] = [members.get(left), members.get(right)]
    const name = nameOf(left, right)
    if (!one || !other || attempts.get(name) !== attempt) return
    const isDoubtful = one.mayBeOut(left) || one.mayBeOut(right)
    if ((dice.percent(checkedPercent) || isDoubtful) && !(await checkEachOther(one, other))) return
    if (attempts.get(name) !== attempt) return
    attempts.delete(name)
    const { onDelivery, swallows } = options
    const wire = createWire({
      events,
      dice,
      line: lineBetween(left, right),
      left,
      right,
      onDelivery,
      swallows,
    })
    wires.set(name, wire)
    one.open(wire.ends[0])
    other.open(wire.ends[1])
  }

  return {
    connect(left, right) {
      const name = nameOf(left, right)
      if (attempts.has(name) || isUp(left, right) || !members.has(left) || !members.has(right)) return
      const attempt = {}
      attempts.set(name, attempt)
      events.after(4 * lineBetween(left, right).delayMs + dice.below(50), () => {
        void link(left, right, attempt).finally(() => {
          if (attempts.get(name) === attempt) attempts.delete(name)
        })
      })
    },
    cut(left, right) {
      const name = nameOf(left, right)
      attempts.delete(name)
      wires.get(name)?.cut()
      wires.delete(name)
    },
    areConnected: isUp,
    repair() {
      isRepaired = true
      for (const [name, wire] of wires) {
        if (wire.repair() === 'sound') continue
        wire.cut()
        wires.delete(name)
      }
    },
    join(joining) {
      const { device } = joining
      const { member, network } = createMember(joining, members)
      members.set(device.id, member)
      return {
        ...network,
        vanish() {
          member.isHere = false
          members.delete(device.id)
          for (const [name, wire] of wires) {
            if (!name.split(' ').includes(device.id)) continue
            wire.abandon(device.id)
            wires.delete(name)
          }
        },
        close() {
          network.close()
          member.isHere = false
          members.delete(device.id)
        },
      }
    },
  }
}
