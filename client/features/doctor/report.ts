import type { DoctorFacts } from '../../core/doctor.ts'
import { checkNames, describeWay, judge } from './verdicts.ts'

export interface ReportInputs {
  facts: Partial<DoctorFacts>
  events: readonly { agoMs: number; code: string }[]
  /** Such as "Chrome 141, Android". */
  browser: string
}

/** Codes are ours and stable; whatever else might come by that way does not leave. */
const isCode = (code: string): boolean => /^[a-zA-Z][a-zA-Z.]{0,40}$/.test(code)

/** Kind and great version, which is all a fault may hang on; never the whole of it, which tells browsers apart. */
export const nameBrowser = (userAgent: string): string => {
  const [, kind = 'unknown browser', version = ''] =
    /(Edg|Firefox|Chrome|Version)\/(\d{1,4})/.exec(userAgent) ?? []
  const [system = 'unknown system'] = /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(userAgent) ?? []
  return `${kind === 'Version' ? 'Safari' : kind} ${version}, ${system}`
}

/**
 * For somebody who helps. Nothing in it says who or where: no names, no ids, no addresses of people, devices or servers. Other devices are
 * counted, and each is told by its way only.
 */
export const writeReport = ({ facts, events, browser }: ReportInputs): string => {
  const checks = checkNames.flatMap((name) => {
    const verdict = judge(name, facts)
    return verdict ? [`${verdict.tone.padEnd(7)} ${verdict.name}: ${verdict.found}`] : []
  })
  const devices = (facts.devices ?? []).map(
    (device, at) => `        device ${at + 1}: ${describeWay(device)}`,
  )
  const lately = events
    .filter(({ code }) => isCode(code))
    .slice(-30)
    .map(({ agoMs, code }) => `${String(Math.max(0, Math.round(agoMs / 1000))).padStart(7)} s ago ${code}`)
  return ['Hearth: connection report', browser, '', ...checks, ...devices, '', 'Lately:', ...lately].join(
    '\n',
  )
}
