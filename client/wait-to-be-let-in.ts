import type { Bytes } from '../shared/crypto/bytes.ts'
import { createTools } from './arrive.ts'
import { sealKeyring } from './core/account/account-boxes.ts'
import { openAdmission } from './core/account/admission.ts'
import { accountOfRecord } from './core/account/entrance.ts'
import { joinFamily } from './core/account/register.ts'
import type { VaultKeeper } from './core/account/vault-keeper.ts'
import type { Device } from './core/identity/device.ts'
import { safetyNumberOf } from './core/identity/safety-number.ts'
import type { MutableValue } from './core/value.ts'
import type { AppState } from './features/app-state.ts'
import { browserClock } from './net/browser-clock.ts'

export interface WaitOptions {
  app: MutableValue<AppState>
  device: Device
  keeper: VaultKeeper
  wipe(): Promise<void>
  onLetIn(snapshot: Bytes): void
}

const lookEveryMs = 5_000

/** For somebody with an account and without a family: asks the server now and then whether an owner or admin has left a welcome. */
export const waitToBeLetIn = async (options: WaitOptions): Promise<void> => {
  const { app, device, keeper, wipe } = options
  const tools = createTools(device)
  const record = keeper.record.get()
  const account = await accountOfRecord(record)
  if (account === undefined)
    return app.set({ status: 'broken', problem: { type: 'sealBroken', field: 'membership' } })
  let hasEnded = false

  const look = async (): Promise<void> => {
    if (hasEnded) return
    const found = await tools.calls.account.admission()
    const box = found.ok ? found.value.box : undefined
    const opened = box === undefined ? undefined : await openAdmission(device, account, box)
    if (opened) {
      const family = await joinFamily(opened.welcome, opened.secrets, account, browserClock.now())
      const keyring = await sealKeyring(record.keyringKey, account, family, tools.random)
      const saved = await tools.calls.account.saveKeyring({ keyring })
      const kept = saved.ok ? await keeper.changeRecord({ family }) : saved
      if (kept.ok) return options.onLetIn(opened.welcome.snapshot)
    }
    browserClock.setTimer(() => void look(), lookEveryMs)
  }

  app.set({
    status: 'waiting',
    name: record.loginName,
    safetyNumber: await safetyNumberOf(account, account),
    async signOut() {
      hasEnded = true
      await tools.calls.session.end()
      await wipe()
    },
  })
  void look()
}
