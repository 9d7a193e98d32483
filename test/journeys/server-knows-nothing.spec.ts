import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import { toBase64Url } from '../../shared/crypto/base64url.ts'
import { toHex } from '../../shared/crypto/hex.ts'
import { readPhrase } from '../../client/core/identity/phrase.ts'
import { areTogether, expect, test } from '../fixtures/family.ts'
import { networkIsAway } from '../fixtures/complaints.ts'
import { familyName, passwordOf } from '../fixtures/screen.ts'

/** Everything a browser says to its server and hears of it: bodies, addresses and frames. */
const listenIn = (context: BrowserContext, heard: string[]): void => {
  context.on('request', (request) => heard.push(request.url(), request.postData() ?? ''))
  context.on('response', (response) => {
    if (!response.url().includes('/api/')) return
    void response.text().then(
      (text) => heard.push(text, JSON.stringify(response.headers())),
      () => undefined, // an answer that was cut short has no text
    )
  })
  const listenToPage = (page: Page) =>
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => heard.push(payload.toString()))
      socket.on('framereceived', ({ payload }) => heard.push(payload.toString()))
    })
  for (const page of context.pages()) listenToPage(page)
  context.on('page', listenToPage)
}

/** The addresses this browser has offered other devices. */
const readCandidates = async (context: BrowserContext): Promise<string[]> => {
  const found = await Promise.all(
    context
      .pages()
      .map((page) =>
        page.evaluate(() =>
          (window.testConnections ?? []).flatMap((connection) =>
            [...(connection.localDescription?.sdp ?? '').matchAll(/candidate:\S+ \d+ \w+ \d+ (\S+)/g)].map(
              (match) => match[1] ?? '',
            ),
          ),
        ),
      ),
  )
  return [...new Set(found.flat())]
}

test(
  'S3, S4, A2: the server sees no password, seed, phrase, text, name of family or room, SDP or candidate',
  { tag: '@once' },
  async ({ family }) => {
    const heard: string[] = []
    const anna = await family.visitor('Anna')
    listenIn(anna.context, heard)
    await anna.screen.page.goto(family.server.link)
    await anna.screen.lightHearth('Anna')
    const link = await anna.screen.invite('20 people')
    const phrase = await anna.screen.readPhrase(passwordOf('Anna'))
    await anna.screen.closeWindows()

    const bob = await family.visitor('Bob')
    listenIn(bob.context, heard)
    await bob.screen.page.goto(link)
    await bob.screen.comeIn('Bob')
    await areTogether(anna, bob)
    await anna.screen.createRoom('Conspiracy of cakes')
    await anna.screen.say('The icing is lemon')
    await bob.screen.openRoom('general')
    await bob.screen.say('Nobody must know of it')
    await expect(anna.screen.room('Conspiracy of cakes')).toBeVisible()
    await anna.screen.openRoom('general')
    await expect(anna.screen.message('Nobody must know of it')).toBeVisible()
    await anna.screen.openSettings()
    await anna.screen.button('Edit name and picture').click()
    await anna.screen.textbox('Status').fill('Whisking in the cellar')
    await anna.screen.button('Save').click()
    await anna.screen.closeWindows()
    const tablet = await family.visitor('Anna')
    listenIn(tablet.context, heard)
    await tablet.screen.page.goto(family.server.origin)
    await tablet.screen.signIn('Anna')
    await expect(tablet.screen.room('Conspiracy of cakes')).toBeVisible()

    const candidates = [...(await readCandidates(anna.context)), ...(await readCandidates(bob.context))]
    expect(candidates.length).toBeGreaterThan(0)
    // SQLite's locks are this very process's: whoever reads the file beside a running server takes them away.
    for (const person of [anna, bob, tablet]) person.complaints.expect(...networkIsAway)
    await family.server.stop()
    const folder = family.server.dataFolder
    const files = await Promise.all(
      (await readdir(folder)).map((name) => readFile(path.join(folder, name)).catch(() => Buffer.alloc(0))),
    )
    const seen = {
      database: Buffer.concat(files),
      logs: Buffer.from(family.server.logged().join('\n')),
      frames: Buffer.from(heard.join('\n')),
    }
    expect(seen.database.length).toBeGreaterThan(10_000)
    expect(seen.frames.includes('"type":"signal"'), 'introductions were overheard').toBe(true)
    // What the server is meant to know shows that the search finds things.
    expect(seen.database.includes('Anna')).toBe(true)

    const seed = readPhrase(phrase.join(' ')) ?? new Uint8Array(0)
    expect(seed).toHaveLength(32)
    const invitationSecret = link.slice(-22)
    const secrets: Record<string, string | Buffer> = {
      'a password': passwordOf('Anna'),
      'the other password': passwordOf('Bob'),
      'the phrase': phrase.join(' '),
      'a piece of the phrase': phrase.slice(3, 6).join(' '),
      'the seed': Buffer.from(seed),
      'the seed as base64url': toBase64Url(seed),
      'the seed as hex': toHex(seed),
      'the secret of an invitation': invitationSecret,
      'the secret of the first link': family.server.link.slice(-22),
      'a message': 'The icing is lemon',
      'another message': 'Nobody must know of it',
      'a room': 'Conspiracy of cakes',
      'the family': familyName,
      'a status': 'Whisking in the cellar',
      'an SDP': 'a=ice-ufrag',
      'another SDP': 'a=fingerprint',
      'a candidate': 'candidate:',
      ...Object.fromEntries(candidates.map((address) => [`the address ${address}`, address])),
    }
    for (const [where, bytes] of Object.entries(seen))
      for (const [what, secret] of Object.entries(secrets))
        expect.soft(bytes.includes(secret), `${what} in the ${where}`).toBe(false)
  },
)
