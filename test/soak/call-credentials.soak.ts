import { outliveCredentials } from '../lab/outlive-credentials.ts'
import { test } from '../lab/lab.ts'
import { scaled } from './scaled.ts'

test(
  'S8: a call of three minutes with credentials of one, and a way anew at its end',
  { tag: '@symmetric' },
  async ({ lab }) => {
    await outliveCredentials(lab, { lifetimeMs: scaled(60_000), talkMs: scaled(180_000) })
  },
)
