import type { Privacy } from '../../core/hearth.ts'
import { t, type WordKey } from '../../ui/language/language.ts'

interface PrivacySwitch {
  name: keyof Privacy
  label: WordKey
  /** What others see while it is on. */
  note: WordKey
}

export const privacySwitches: readonly PrivacySwitch[] = [
  {
    name: 'receipts',
    label: 'account.privacy.receipts',
    note: 'account.privacy.receiptsNote',
  },
  {
    name: 'typing',
    label: 'account.privacy.typing',
    note: 'account.privacy.typingNote',
  },
  {
    name: 'lastSeen',
    label: 'account.privacy.lastSeen',
    note: 'account.privacy.lastSeenNote',
  },
]

/** By what is told: receipts, typing, last seen. */
const told = {
  'false false false': 'account.told.nothing',
  'true false false': 'account.told.receipts',
  'false true false': 'account.told.typing',
  'false false true': 'account.told.lastSeen',
  'true true false': 'account.told.receiptsTyping',
  'true false true': 'account.told.receiptsLastSeen',
  'false true true': 'account.told.typingLastSeen',
  'true true true': 'account.told.all',
} as const satisfies Record<`${boolean} ${boolean} ${boolean}`, WordKey>

/** For the list of settings: what is told. */
export const describePrivacy = ({ receipts, typing, lastSeen }: Privacy): string =>
  t(told[`${receipts} ${typing} ${lastSeen}`])
