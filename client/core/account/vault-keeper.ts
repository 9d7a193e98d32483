import { ok, type Result } from '../../../shared/result.ts'
import { createSerial } from '../log/serial.ts'
import type { Vault, VaultContents, VaultProblem } from '../ports.ts'
import { createValue, type Value } from '../value.ts'
import { encodeMembershipRecord, type MembershipRecord } from './membership-record.ts'
import { encodePrivateNotes, parsePrivateNotes, type PrivateNotes } from './private-notes.ts'

/** The vault of a signed-in device while it is open: changes one after the other, each on the disk before it shows. */
export interface VaultKeeper {
  readonly record: Value<MembershipRecord>
  readonly notes: Value<PrivateNotes>
  changeRecord(change: Partial<MembershipRecord>): Promise<Result<void, VaultProblem>>
  changeNotes(change: (notes: PrivateNotes) => PrivateNotes): Promise<Result<void, VaultProblem>>
}

export const createVaultKeeper = (
  vault: Pick<Vault, 'write'>,
  contents: VaultContents,
  record: MembershipRecord,
): VaultKeeper => {
  const turns = createSerial()
  const records = createValue(record)
  const notes = createValue(parsePrivateNotes(contents.notes))
  const write = (newRecord: MembershipRecord, newNotes: PrivateNotes) =>
    vault.write({
      deviceSeed: contents.deviceSeed,
      membership: encodeMembershipRecord(newRecord),
      notes: encodePrivateNotes(newNotes),
    })
  return {
    record: records,
    notes,
    changeRecord: (change) =>
      turns.run(async () => {
        const changed = { ...records.get(), ...change }
        const written = await write(changed, notes.get())
        if (!written.ok) return written
        records.set(changed)
        return ok(undefined)
      }),
    changeNotes: (change) =>
      turns.run(async () => {
        const changed = change(notes.get())
        const written = await write(records.get(), changed)
        if (!written.ok) return written
        notes.set(changed)
        return ok(undefined)
      }),
  }
}
