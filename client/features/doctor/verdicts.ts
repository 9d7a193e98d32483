import type { DoctorFacts, LinkedDevice } from '../../core/doctor.ts'
import { formatNumber, t, tCount } from '../../ui/language/language.ts'

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

/** "1 second", "90 seconds", "3 minutes", "5 hours". */
const describeDuration = (ms: number): string => {
  const seconds = Math.round(ms / 1000)
  if (seconds < 120) return tCount('doctor.duration.seconds', seconds)
  const minutes = Math.round(seconds / 60)
  return minutes < 120
    ? tCount('doctor.duration.minutes', minutes)
    : tCount('doctor.duration.hours', Math.round(minutes / 60))
}

const page: Judge<'page'> = ({ isSecure, hasNetwork }) => {
  const name = t('doctor.page.name')
  if (!isSecure)
    return {
      name,
      tone: 'trouble',
      found: t('doctor.page.insecure'),
      advice: t('doctor.page.insecureAdvice'),
    }
  if (!hasNetwork)
    return {
      name,
      tone: 'trouble',
      found: t('doctor.page.offline'),
      advice: t('doctor.page.offlineAdvice'),
    }
  return { name, tone: 'well', found: t('doctor.page.well'), advice: '' }
}

const storage: Judge<'storage'> = ({ isPersistent }) => {
  const name = t('doctor.storage.name')
  return isPersistent === true
    ? { name, tone: 'well', found: t('doctor.storage.well'), advice: '' }
    : {
        name,
        tone: 'note',
        found: t('doctor.storage.mayClear'),
        advice: t('doctor.storage.mayClearAdvice'),
      }
}

const server: Judge<'server'> = (fact, { page: about }) => {
  const name = t('doctor.server.name')
  if (fact !== 'away')
    return { name, tone: 'well', found: tCount('doctor.server.well', Math.round(fact.delayMs)), advice: '' }
  return {
    name,
    tone: 'trouble',
    found: t('doctor.server.away'),
    advice: about?.hasNetwork === false ? t('doctor.server.offlineAdvice') : t('doctor.server.awayAdvice'),
  }
}

const socket: Judge<'socket'> = ({ status, sinceMs, nowMs }) => {
  const name = t('doctor.socket.name')
  switch (status) {
    case 'connected':
      return {
        name,
        tone: 'well',
        found:
          sinceMs === undefined
            ? t('doctor.socket.open')
            : t('doctor.socket.openFor', { duration: describeDuration(nowMs - sinceMs) }),
        advice: '',
      }
    case 'refused':
      return {
        name,
        tone: 'trouble',
        found: t('doctor.socket.refused'),
        advice: t('doctor.socket.refusedAdvice'),
      }
    case 'notYet':
    case 'connecting':
      return {
        name,
        tone: 'note',
        found: t('doctor.socket.opening'),
        advice: t('doctor.socket.openingAdvice'),
      }
    case 'unreachable':
      return {
        name,
        tone: 'trouble',
        found: t('doctor.socket.closed'),
        advice: t('doctor.socket.closedAdvice'),
      }
  }
}

const stun: Judge<'stun'> = (fact, { devices }) => {
  const name = t('doctor.stun.name')
  if (fact === 'works') return { name, tone: 'well', found: t('doctor.stun.works'), advice: '' }
  const found = fact === 'none' ? t('doctor.stun.none') : t('doctor.stun.silent')
  const isLinked = (devices ?? []).length > 0
  return {
    name,
    tone: 'note',
    found,
    advice: isLinked ? t('doctor.stun.linkedAdvice') : t('doctor.stun.advice'),
  }
}

const relay: Judge<'relay'> = ({ fact, isAddressHidden }) => {
  const name = t('doctor.relay.name')
  if (fact === 'works') return { name, tone: 'well', found: t('doctor.relay.works'), advice: '' }
  const found = fact === 'none' ? t('doctor.relay.none') : t('doctor.relay.silent')
  return {
    name,
    tone: isAddressHidden ? 'trouble' : 'note',
    found,
    advice: isAddressHidden
      ? t('doctor.relay.hiddenAdvice')
      : fact === 'none'
        ? t('doctor.relay.noneAdvice')
        : t('doctor.relay.silentAdvice'),
  }
}

const clock: Judge<'clock'> = (fact) => {
  const name = t('doctor.clock.name')
  if (fact === 'unknown') return { name, tone: 'note', found: t('doctor.clock.unknown'), advice: '' }
  const off = Math.abs(fact.aheadMs)
  const duration = describeDuration(off)
  if (off < clockLimitMs) return { name, tone: 'well', found: t('doctor.clock.well'), advice: '' }
  return {
    name,
    tone: 'trouble',
    found: fact.aheadMs > 0 ? t('doctor.clock.ahead', { duration }) : t('doctor.clock.behind', { duration }),
    advice: t('doctor.clock.advice'),
  }
}

const devices: Judge<'devices'> = (linked) => {
  const name = t('doctor.devices.name')
  if (linked.length > 0) {
    return { name, tone: 'well', found: tCount('doctor.devices.linked', linked.length), advice: '' }
  }
  return {
    name,
    tone: 'note',
    found: t('doctor.devices.none'),
    advice: t('doctor.devices.noneAdvice'),
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
  if (way === undefined) return t('doctor.way.connected')
  const path = t(
    way.isRelayed === undefined
      ? 'doctor.way.connected'
      : way.isRelayed
        ? 'doctor.way.relayed'
        : 'doctor.way.direct',
  )
  return way.delayMs === undefined
    ? path
    : t('doctor.way.withDelay', { path, delay: formatNumber(Math.round(way.delayMs)) })
}

/** The whole in one sentence. */
export const sumUp = (facts: Partial<DoctorFacts>): string => {
  const verdicts = checkNames.flatMap((name) => judge(name, facts) ?? [])
  if (verdicts.length < checkNames.length) return t('doctor.look.looking')
  const troubles = verdicts.filter(({ tone }) => tone === 'trouble').length
  return troubles === 0 ? t('doctor.look.allWell') : tCount('doctor.look.troubles', troubles)
}
