import type { SettingsStore } from '../accounts-store.ts'
import type { Queries } from './database.ts'

export const createSettingsStore = (queries: Queries): SettingsStore => {
  const read: SettingsStore['read'] = async (name) => {
    const row = await queries
      .selectFrom('settings')
      .select('value')
      .where('name', '=', name)
      .executeTakeFirst()
    return row?.value
  }
  return {
    read,
    keepFirst: async (name, value) => {
      await queries
        .insertInto('settings')
        .values({ name, value })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return (await read(name)) ?? value
    },
  }
}
