import type { Privacy } from '../../core/hearth.ts'

interface PrivacySwitch {
  name: keyof Privacy
  label: string
  /** What others see while it is on. */
  note: string
}

export const privacySwitches: readonly PrivacySwitch[] = [
  {
    name: 'receipts',
    label: 'Tell that I have read',
    note: 'Whoever wrote a message sees that you have read it, and when. Your own devices know it in any case.',
  },
  {
    name: 'typing',
    label: 'Tell that I am writing',
    note: 'While you write in a room, the others there see it.',
  },
  {
    name: 'lastSeen',
    label: 'Tell when I was last here',
    note: 'While you are away, the family sees when you were last here, to the minute.',
  },
]

const seen: Readonly<Record<keyof Privacy, string>> = {
  receipts: 'have read',
  typing: 'write',
  lastSeen: 'were here',
}

/** For the list of settings: what is told. */
export const describePrivacy = (privacy: Privacy): string => {
  const told = privacySwitches.filter(({ name }) => privacy[name]).map(({ name }) => seen[name])
  if (told.length === 0) return 'Others do not see when you read, write or were here'
  return `Others see when you ${new Intl.ListFormat('en-GB').format(told)}`
}
