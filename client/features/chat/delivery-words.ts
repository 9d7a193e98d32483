import type { Delivery, Holder, Reader } from '../../core/hearth.ts'
import { sentencesFor } from '../../ui/words.ts'
import { moments, type Moments } from '../moments.ts'

/** A message's ladder in words (ux 11). A tick means another device of the family, never a server. */
export const nameDelivery = (delivery: Delivery): string => {
  switch (delivery.status) {
    case 'saving':
      return 'Saving'
    case 'failed':
      return 'Not saved'
    case 'onlyHere':
      return 'On this device only'
    case 'onDevices':
      return countDevices(delivery.holders)
    case 'read':
      return `Read by ${nameReaders(delivery.readers)} · ${countDevices(delivery.holders)}`
  }
}

const countDevices = ({ length }: readonly Holder[]): string =>
  length === 1 ? 'On 1 other device' : `On ${length} other devices`
const nameReaders = ([first, ...others]: readonly Reader[]): string =>
  others.length === 0 ? (first?.person.name ?? '') : `${others.length + 1} people`

/** The same in full: who has read it and when, who has it, or what will happen. */
export const explainDelivery = (delivery: Delivery, nowMs: number = Date.now(), { at } = moments): string => {
  switch (delivery.status) {
    case 'saving':
      return 'Being saved on this device.'
    case 'failed':
      return sentencesFor(delivery.problem)
    case 'onlyHere':
      return 'Saved on this device only. It goes out by itself as soon as somebody is here.'
    case 'onDevices':
      return holdersSentence(delivery.holders)
    case 'read':
      return `Read by ${listed(describeReaders(delivery.readers, nowMs, at))}. ${holdersSentence(delivery.holders)}`
  }
}

const listed = (parts: readonly string[]): string => new Intl.ListFormat('en-GB').format(parts)
const holdersSentence = (holders: readonly Holder[]): string =>
  `On the devices of ${listed(describeHolders(holders))}.`

/** "Bob (today at 18:30)". */
const describeReaders = (readers: readonly Reader[], nowMs: number, at: Moments['at']): string[] =>
  readers.map(({ person, ms }) => `${person.name} (${at(ms, nowMs)})`)

/** Each person once, I last, with the names of their devices: "Bob (phone, laptop)", "you (old iPad)". */
const describeHolders = (holders: readonly Holder[]): string[] => {
  const byPerson = new Map<string, Holder[]>()
  for (const holder of holders)
    byPerson.set(holder.person.id, [...(byPerson.get(holder.person.id) ?? []), holder])
  return [...byPerson.values()]
    .toSorted((a, b) => Number(isMine(a)) - Number(isMine(b)))
    .map((devices) => `${isMine(devices) ? 'you' : (devices[0]?.person.name ?? '')}${nameDevices(devices)}`)
}

const isMine = (devices: readonly Holder[]): boolean => devices[0]?.person.isMe ?? false

/** A certificate can come later than the entries of its device: such a device is counted, one alone goes without saying. */
const nameDevices = (devices: readonly Holder[]): string => {
  const named = devices.map(({ deviceName }) => deviceName).filter((name) => name !== '')
  const unnamed = devices.length - named.length
  if (named.length === 0) return unnamed === 1 ? '' : ` (${unnamed} devices)`
  const parts = unnamed === 0 ? named : [...named, `${unnamed} more`]
  return ` (${parts.join(', ')})`
}
