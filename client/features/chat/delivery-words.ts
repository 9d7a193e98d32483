import type { Delivery } from '../../core/hearth.ts'
import { sentencesFor } from '../../ui/words.ts'

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
      return delivery.holders.length === 1
        ? 'On 1 other device'
        : `On ${delivery.holders.length} other devices`
  }
}

/** The same in full: who has it, or what will happen. */
export const explainDelivery = (delivery: Delivery): string => {
  switch (delivery.status) {
    case 'saving':
      return 'Being saved on this device.'
    case 'failed':
      return sentencesFor(delivery.problem)
    case 'onlyHere':
      return 'Saved on this device only. It goes out by itself as soon as somebody is here.'
    case 'onDevices': {
      const names = delivery.holders.map(({ name, isMe }) => (isMe ? 'another device of yours' : name))
      return `On the devices of ${new Intl.ListFormat('en-GB').format(names)}.`
    }
  }
}
