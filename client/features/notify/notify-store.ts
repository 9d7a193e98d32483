import type { AccountId } from '../../../shared/identifiers.ts'
import type { Value } from '../../core/value.ts'
import { createKeptValue, type TextStorage } from '../kept-value.ts'
import { notifyKeyOf } from '../quiet-hours.ts'
import { parseNotifySettings, writeNotifySettings, type NotifySettings } from './notify-settings.ts'

/** What one account wants to be told on this device. */
export interface NotifyStore {
  readonly settings: Value<NotifySettings>
  change(change: Partial<NotifySettings>): void
}

export const createNotifyStore = (options: {
  storage: TextStorage | undefined
  account: AccountId
}): NotifyStore => {
  const settings = createKeptValue({
    storage: options.storage,
    key: notifyKeyOf(options.account),
    parse: parseNotifySettings,
    write: writeNotifySettings,
  })
  return { settings, change: (change) => settings.set({ ...settings.get(), ...change }) }
}

/** Turns notifications on, out of a press: the browser asks for its leave, and what it says is kept either way. */
export const turnOn = async (
  teller: { askLeave(): Promise<'unasked' | 'granted' | 'denied' | 'unsupported'> },
  store: NotifyStore,
): Promise<void> => {
  const leave = await teller.askLeave()
  store.change({ isOn: leave === 'granted', isOfferAnswered: leave !== 'unasked' })
}
