import * as Y from 'yjs'
import { fromBase64Url, toBase64Url } from '../../shared/crypto/base64url.ts'
import { copyBytes, type Bytes } from '../../shared/crypto/bytes.ts'
import { feedOf, openDevice, publicKeyOf, type Device } from '../../client/core/identity/device.ts'
import { entryKinds } from '../../client/core/log/entry.ts'
import { linkChannels, type FeedId, type Link, type LogId } from '../../client/core/ports.ts'
import { encodeSyncMessage, parseSyncMessage } from '../../client/core/sync/messages.ts'
import { createForge, type Wish } from '../../client/core/testing/forge-entry.ts'
import { headInDocument } from '../../client/core/testing/hostile-document.ts'
import { browserClock as clock } from '../../client/net/browser-clock.ts'
import { encodeUpdate } from '../../client/net/family-message.ts'
import { documentClaims, documentRefusals } from './document-attacks.ts'
import { carriedAttacks, removedAttacks } from './feed-attacks.ts'
import { flood } from './flood.ts'
import { frameAttacks } from './frame-attacks.ts'
import type { HostileEnd } from './hostile-end.ts'
import type { At, HostileGround } from './hostile-ground.ts'
import { openMallory, openMyVault, type Mallory, type MyVault } from './open-mallory.ts'
import { pageAttacks } from './page-attacks.ts'
import { wireAttacks } from './wire-attacks.ts'

const attacks = [
  ...pageAttacks,
  ...frameAttacks,
  ...documentRefusals,
  ...documentClaims,
  ...removedAttacks,
  ...carriedAttacks,
  ...wireAttacks,
]

/** The data channel that spoke last is the one under the newest Link. */
let channel: RTCDataChannel | undefined
const remember = (speaking: RTCDataChannel) => {
  channel = speaking
}
const sendOnChannel = RTCDataChannel.prototype.send
RTCDataChannel.prototype.send = function (this: RTCDataChannel, data: never) {
  remember(this)
  sendOnChannel.call(this, data)
}

let vault: Promise<MyVault> | undefined
const openVault = () => (vault ??= openMyVault())

let mallory: Mallory | undefined
let ground: HostileGround | undefined
let timeline: ReturnType<Mallory['hearth']['openTimeline']> | undefined
let stolen: Device | undefined
const must = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Error('begin first')
  return value
}

const linkToAnna = (): Link | undefined => {
  const { links } = must(mallory).wires.network
  return links.get().find(({ device, isOpen }) => isOpen && device === must(ground).anna.device)
}
const whenLinked = (): Promise<Link> =>
  new Promise((resolve) => {
    const look = () => {
      const link = linkToAnna()
      if (link) resolve(link)
      return link
    }
    if (look()) return
    const off = must(mallory).wires.network.links.subscribe(() => {
      if (look()) off()
    })
  })

// ---- asking the other side -------------------------------------------------------------------------------------

/** Questions about a page far from all that anybody writes: their answers come after everything said before. */
let questions = 0
const firstQuestion = 400
const questionPages = 100
let onServed: ((page: number) => void) | undefined
const told = new Map<LogId, string>()

const hear = (_link: Link, bytes: Uint8Array): void => {
  const message = parseSyncMessage(bytes)
  if (message?.type === 'served') onServed?.(message.page)
  if (message?.type === 'pages')
    told.set(
      message.log,
      JSON.stringify(message.pages.map(({ page, digest }) => [page, toBase64Url(digest)])),
    )
}

/** Whether all that was said on the Link was looked at; false where it has closed. */
const settle = async (): Promise<boolean> => {
  const link = linkToAnna()
  if (!link) return false
  const page = firstQuestion + (questions++ % questionPages)
  return new Promise((resolve) => {
    onServed = (served) => {
      if (served === page) resolve(true)
    }
    link.onClose(() => resolve(false))
    link.send(
      linkChannels.pages,
      encodeSyncMessage({ type: 'have', log: must(ground).general, page, lengths: new Map() }),
    )
  })
}

// ---- what she has in hand --------------------------------------------------------------------------------------

const createGround = async ({ hearth, store, device }: Mallory): Promise<HostileGround> => {
  const { family } = hearth
  const { genesis, general } = family
  const { membership } = family.state.get()
  const [annasDevice] = membership.members.get(genesis.owner)?.devices.keys() ?? []
  const garden = hearth.rooms.get().find(({ name }) => name === 'garden')?.id
  if (!annasDevice || !garden) throw new Error('she does not know Anna and her garden yet')
  const anna = { account: genesis.owner, device: annasDevice, feed: await feedOf(annasDevice) }
  const place = { group: genesis.group, log: general, page: 0 }
  const forge = createForge({ place, device, bodies: family.bodies, clock })

  const load = ({ log = general, page = 0 }: At = {}) => store.loadPage(log, page)
  const pageOf = async (at?: At): Promise<Bytes> => copyBytes(Y.mergeUpdates((await load(at))?.updates ?? []))
  const headOf = async (feed: FeedId, at?: At) => (await load(at))?.heads.find((head) => head.feed === feed)
  const say: HostileGround['say'] = (message) =>
    linkToAnna()?.send(
      linkChannels.pages,
      message instanceof Uint8Array ? message : encodeSyncMessage(message),
    )
  const sendEntries: HostileGround['sendEntries'] = (update, { log = general, page = 0 } = {}) =>
    say({ type: 'entries', log, page, update })
  const sayFamily = (message: Bytes) => linkToAnna()?.send(linkChannels.family, message)

  return {
    hearth,
    device,
    account: membership.accountOf(device.id)!,
    clock,
    general,
    garden,
    anna,
    asAnna: { ...device, id: annasDevice, publicKey: publicKeyOf(annasDevice)!, feed: anna.feed },
    stolen: () => must(stolen),
    async write(wish: Wish = {}) {
      const { log, page } = wish.place ?? place
      const head = 'head' in wish ? wish.head : await headOf((wish.device ?? device).feed, { log, page })
      return forge({ ...wish, head })
    },
    headOf,
    pageOf,
    async elementsOf(feed, at) {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, await pageOf(at))
      return doc.getArray<Bytes>(String(feed)).toArray()
    },
    say,
    settle,
    meet,
    sendEntries,
    async publish(update, at = {}) {
      sendEntries(update, at)
      await hearth.logs.receive(at.log ?? general, at.page ?? 0, update, anna.device)
    },
    sayFamily,
    sendDocument: (update) => sayFamily(copyBytes(encodeUpdate(update))),
    async writeDocument(kind, plaintext, ms = clock.now()) {
      const where = { group: genesis.group, log: genesis.group, page: 0 }
      const head = await headInDocument(family, device)
      const made = await forge({ place: where, kind, plaintext, head, time: { ms, counter: 9 } })
      const verdict = await family.admit(made.update, device.id)
      if (verdict !== 'admitted') throw new Error(`her own document: ${verdict}`)
      Y.applyUpdate(family.doc, made.update, 'forged')
      await family.settle()
    },
    sendRaw(frame) {
      if (channel?.readyState === 'open') sendOnChannel.call(channel, frame)
    },
  }
}

const meet = async (): Promise<void> => {
  await must(mallory).wires.renew()
  await whenLinked()
}
/** Resolves when Anna and the garden are known, which a new member learns from the first Link. */
const whenKnown = async ({ hearth }: Mallory): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      const { membership } = hearth.family.state.get()
      const knowsAnna = (membership.members.get(hearth.family.genesis.owner)?.devices.size ?? 0) > 0
      if (!knowsAnna || !hearth.rooms.get().some(({ name }) => name === 'garden')) return false
      resolve()
      return true
    }
    if (look()) return
    const leave = [hearth.rooms.subscribe(() => look() && leave.forEach((off) => off()))]
  })

const end: HostileEnd = {
  async begin() {
    mallory = await openMallory(await openVault(), hear)
    timeline = mallory.hearth.openTimeline(mallory.hearth.family.general)
    await mallory.wires.renew()
    await whenKnown(mallory)
    ground = await createGround(mallory)
    await whenLinked()
  },
  deviceSeed: async () => toBase64Url((await openVault()).deviceSeed),
  async takeOver(seed) {
    stolen = await openDevice(fromBase64Url(seed)!)
  },
  isSomebodyCut() {
    const { out, uncut } = must(mallory).hearth.family.state.get().membership
    return out.length > 0 && uncut.length === 0
  },
  meet,
  isLinked: () => linkToAnna() !== undefined,
  async pagesThere() {
    const { general, garden, say } = must(ground)
    for (let tries = 0; tries < 3; tries++) {
      if (!linkToAnna()) await meet()
      told.clear()
      for (const log of [general, garden]) say({ type: 'want', log })
      if (await settle()) return [general, garden].map((log) => told.get(log) ?? '').join('\n')
    }
    throw new Error('they do not stay linked')
  },
  async attack(title) {
    const found = attacks.find((one) => one.title === title)
    if (!found) throw new Error(`no such attack: ${title}`)
    await found.attack(must(ground))
    await settle()
  },
  say: (text) => void must(timeline).send(text),
  lines: () =>
    must(timeline)
      .view.get()
      .items.flatMap((item) => (item.type === 'message' ? [item.text] : [])),
  async rename(name) {
    const body = { kind: entryKinds.profile, name, status: '', picture: new Uint8Array(0) }
    const told = await must(mallory).hearth.family.write(body)
    if (!told.ok) throw new Error(told.problem.type)
  },
  flood: (frames, kinds) => flood(must(ground), frames, kinds),
}

window.hostileEnd = end
