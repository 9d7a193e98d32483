import type { Delivery, Holder, Reader } from '../../core/hearth.ts'
import { listed, locale, t, tCount } from '../../ui/language/language.ts'
import { sentencesFor } from '../../ui/words.ts'
import { moments, type Moments } from '../moments.ts'

/** A message's ladder in words (ux 11). A tick means another device of the family, never a server. */
export const nameDelivery = (delivery: Delivery): string => {
  switch (delivery.status) {
    case 'saving':
      return t('chat.delivery.saving')
    case 'failed':
      return t('chat.delivery.failed')
    case 'onlyHere':
      return t('chat.delivery.onlyHere')
    case 'onDevices':
      return countDevices(delivery.holders)
    case 'read':
      return `${nameReaders(delivery.readers)} · ${countDevices(delivery.holders)}`
  }
}

const countDevices = ({ length }: readonly Holder[]): string => tCount('chat.delivery.onDevices', length)
const nameReaders = ([first, ...others]: readonly Reader[]): string =>
  others.length === 0
    ? t('chat.delivery.readBy', { who: first?.person.name ?? '' })
    : tCount('chat.delivery.readByPeople', others.length + 1)

/** The same in full: who has read it and when, who has it, or what will happen. */
export const explainDelivery = (delivery: Delivery, nowMs: number = Date.now(), { at } = moments): string => {
  switch (delivery.status) {
    case 'saving':
      return t('chat.delivery.explained.saving')
    case 'failed':
      return sentencesFor(delivery.problem)
    case 'onlyHere':
      return t('chat.delivery.explained.onlyHere')
    case 'onDevices':
      return explainHolders(delivery.holders)
    case 'read': {
      const readers = listed(describeReaders(delivery.readers, nowMs, at))
      return `${t('chat.delivery.explained.read', { readers })} ${explainHolders(delivery.holders)}`
    }
  }
}

const explainHolders = (holders: readonly Holder[]): string =>
  t('chat.delivery.explained.onDevices', { holders: listed(describeHolders(holders)) })

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
    .map((devices) => `${nameHolder(devices)}${nameDevices(devices)}`)
}

const isMine = (devices: readonly Holder[]): boolean => devices[0]?.person.isMe ?? false
const nameHolder = (devices: readonly Holder[]): string =>
  isMine(devices) ? t('chat.delivery.you') : (devices[0]?.person.name ?? '')

/** A certificate can come later than the entries of its device: such a device is counted, one alone goes without saying. */
const nameDevices = (devices: readonly Holder[]): string => {
  const named = devices.map(({ deviceName }) => deviceName).filter((name) => name !== '')
  const unnamed = devices.length - named.length
  if (named.length === 0) return unnamed === 1 ? '' : ` (${tCount('chat.delivery.devices', unnamed)})`
  const parts = unnamed === 0 ? named : [...named, tCount('chat.delivery.moreDevices', unnamed)]
  // Side by side rather than with an “and”, of which the sentence around it has one.
  return ` (${new Intl.ListFormat(locale.value, { type: 'unit' }).format(parts)})`
}
