import type { DoctorFacts, LinkedDevice } from '../../core/doctor.ts'

/** What a check found, in words, and what to do about it (ux 44). */
export interface Verdict {
  name: string
  tone: 'well' | 'note' | 'trouble'
  found: string
  /** Empty where nothing need be done. */
  advice: string
}

type Judge<Fact extends keyof DoctorFacts> = (fact: DoctorFacts[Fact], all: Partial<DoctorFacts>) => Verdict

/** Messages are ordered by clocks too: from here on they stand in the wrong place. */
const clockLimitMs = 30_000

const seconds = (ms: number): string => {
  const whole = Math.round(ms / 1000)
  if (whole < 120) return whole === 1 ? '1 second' : `${whole} seconds`
  const minutes = Math.round(whole / 60)
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`
}

const page: Judge<'page'> = ({ isSecure, hasNetwork }) => {
  const name = 'This page'
  if (!isSecure)
    return {
      name,
      tone: 'trouble',
      found: 'The page is not secure, so the browser allows no encryption.',
      advice: 'Open Hearth by its https address. The page /trust on the server says how.',
    }
  if (!hasNetwork)
    return {
      name,
      tone: 'trouble',
      found: 'This device says that it has no network.',
      advice: 'Look whether Wi-Fi or mobile data is on, and whether flight mode is off.',
    }
  return { name, tone: 'well', found: 'It is secure, and this device has a network.', advice: '' }
}

const storage: Judge<'storage'> = ({ isPersistent }) => {
  const name = 'What this browser keeps'
  return isPersistent === true
    ? { name, tone: 'well', found: 'The browser promises to keep your messages.', advice: '' }
    : {
        name,
        tone: 'note',
        found: 'The browser may clear your messages when its disk runs full.',
        advice:
          'Install Hearth as an app or bookmark it, and allow it to keep data if you are asked. A second device is the best safety.',
      }
}

const server: Judge<'server'> = (fact, { page: about }) => {
  const name = 'The family’s server'
  if (fact !== 'away')
    return { name, tone: 'well', found: `It answered after ${fact.delayMs} milliseconds.`, advice: '' }
  return {
    name,
    tone: 'trouble',
    found: 'It does not answer.',
    advice:
      about?.hasNetwork === false
        ? 'Nothing can be reached without a network. It is looked for again by itself.'
        : 'Ask whoever runs it whether it is on and in its network. Whoever is connected already stays connected, and what you write is kept.',
  }
}

const socket: Judge<'socket'> = ({ status, sinceMs, nowMs }) => {
  const name = 'The line to the server'
  switch (status) {
    case 'connected':
      return {
        name,
        tone: 'well',
        found: sinceMs === undefined ? 'It is open.' : `It has been open for ${seconds(nowMs - sinceMs)}.`,
        advice: '',
      }
    case 'refused':
      return {
        name,
        tone: 'trouble',
        found: 'The server does not let this device in any more.',
        advice: 'Reload the page to sign in again. Your messages are safe here.',
      }
    case 'notYet':
    case 'connecting':
      return { name, tone: 'note', found: 'It is being opened.', advice: 'Wait a moment, and look again.' }
    case 'unreachable':
      return {
        name,
        tone: 'trouble',
        found: 'It is closed: new devices cannot be found.',
        advice:
          'If the server answers all the same, something between it and you lets no WebSocket through: a proxy, or a filter in this network.',
      }
  }
}

const stun: Judge<'stun'> = (fact, { devices }) => {
  const name = 'Finding a way out (STUN)'
  if (fact === 'works')
    return { name, tone: 'well', found: 'Your address, as others see it, was found.', advice: '' }
  const found =
    fact === 'none'
      ? 'The server names no STUN server.'
      : 'No address was found that others outside could reach you at.'
  const isLinked = (devices ?? []).length > 0
  return {
    name,
    tone: 'note',
    found,
    advice: isLinked
      ? 'You are connected with others all the same, so nothing need be done.'
      : 'In the same network as the others it is not needed. From elsewhere a relay helps: see the next check.',
  }
}

const relay: Judge<'relay'> = ({ fact, isAddressHidden }) => {
  const name = 'Going around (TURN relay)'
  if (fact === 'works')
    return { name, tone: 'well', found: 'The relay lends a way where no direct one is found.', advice: '' }
  const found = fact === 'none' ? 'The server has no relay.' : 'The relay does not answer this device.'
  return {
    name,
    tone: isAddressHidden ? 'trouble' : 'note',
    found,
    advice: isAddressHidden
      ? 'Your address is hidden, which needs a relay: nobody can be reached. You can show your address in the settings.'
      : fact === 'none'
        ? 'It is only needed where two networks let nothing through directly. Whoever runs the server can add one: see its guide.'
        : 'Perhaps this network blocks it. Try another, mobile data for example, or ask whoever runs the server.',
  }
}

const clock: Judge<'clock'> = (fact) => {
  const name = 'The clock'
  if (fact === 'unknown')
    return { name, tone: 'note', found: 'There is no server to compare it with just now.', advice: '' }
  const off = Math.abs(fact.aheadMs)
  if (off < clockLimitMs) return { name, tone: 'well', found: 'It agrees with the server’s.', advice: '' }
  return {
    name,
    tone: 'trouble',
    found: `It is ${seconds(off)} ${fact.aheadMs > 0 ? 'ahead of' : 'behind'} the server’s.`,
    advice:
      'Set date and time of this device by themselves (automatic), or its messages stand in the wrong place.',
  }
}

const devices: Judge<'devices'> = (linked) => {
  const name = 'Other devices'
  if (linked.length > 0) {
    const found =
      linked.length === 1 ? 'Connected with 1 device.' : `Connected with ${linked.length} devices.`
    return { name, tone: 'well', found, advice: '' }
  }
  return {
    name,
    tone: 'note',
    found: 'No other device is connected.',
    advice: 'Somebody has to have Hearth open. If they have, let them look at this page too.',
  }
}

const judges: { readonly [Fact in keyof DoctorFacts]: Judge<Fact> } = {
  page,
  server,
  socket,
  stun,
  relay,
  devices,
  clock,
  storage,
}

export type CheckName = keyof DoctorFacts
export const checkNames = Object.keys(judges) as readonly CheckName[]

const judgeOne = <Fact extends CheckName>(
  judges: { readonly [Name in Fact]: Judge<Name> },
  name: Fact,
  facts: Partial<DoctorFacts>,
): Verdict | undefined => {
  const fact = facts[name]
  return fact === undefined ? undefined : judges[name](fact, facts)
}

/** Undefined for what has not been looked at yet. */
export const judge = (name: CheckName, facts: Partial<DoctorFacts>): Verdict | undefined =>
  judgeOne(judges, name, facts)

/** How a Link goes, for a row of its own. */
export const describeWay = ({ way }: Pick<LinkedDevice, 'way'>): string => {
  if (way === undefined) return 'Connected'
  const path =
    way.isRelayed === undefined ? 'Connected' : way.isRelayed ? 'Relayed by the family’s server' : 'Direct'
  return way.delayMs === undefined ? path : `${path}, ${Math.round(way.delayMs)} ms there and back`
}

/** The whole in one sentence. */
export const sumUp = (facts: Partial<DoctorFacts>): string => {
  const verdicts = checkNames.flatMap((name) => judge(name, facts) ?? [])
  if (verdicts.length < checkNames.length) return 'Looking…'
  const troubles = verdicts.filter(({ tone }) => tone === 'trouble').length
  if (troubles === 0) return 'Everything works as it should.'
  return troubles === 1 ? 'One thing does not work.' : `${troubles} things do not work.`
}
