import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder, startTestServer } from '../testing/test-server.ts'

test('A1: a data folder from before there were accounts starts, and prints a link for its owner', async () => {
  const dataFolder = await newFolder()
  await writeFile(join(dataFolder, 'family-secret.txt'), `${'A'.repeat(42)}E\n`)
  await writeFile(join(dataFolder, 'sessions.json'), JSON.stringify({ version: 1, sessions: [] }))
  const server = await startTestServer({ dataFolder })
  expect(server.ownerLink('http://localhost')).toMatch(/#invite\/[\w-]{22}$/)
  // What they held opens nothing any more, and should not lie about as if it did.
  expect(await readdir(dataFolder)).toEqual(
    expect.not.arrayContaining(['family-secret.txt', 'sessions.json']),
  )
  await server.close()
  await rm(dataFolder, { recursive: true, force: true })
})
