import type { DoctorFacts } from '../../core/doctor.ts'
import { t, type WordKey } from '../../ui/language/language.ts'
import { checkNames, describeWay, judge, type Verdict } from './verdicts.ts'

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
  const [, kind = t('doctor.report.unknownBrowser'), version = ''] =
    /(Edg|Firefox|Chrome|Version)\/(\d{1,4})/.exec(userAgent) ?? []
  const [system = t('doctor.report.unknownSystem')] =
    /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(userAgent) ?? []
  return `${kind === 'Version' ? 'Safari' : kind} ${version}, ${system}`
}

const tones = {
  well: 'doctor.report.well',
  note: 'doctor.report.notable',
  trouble: 'doctor.report.trouble',
} as const satisfies Record<Verdict['tone'], WordKey>

/**
 * For somebody who helps. Nothing in it says who or where: no names, no ids, no addresses of people, devices or servers. Other devices are
 * counted, and each is told by its way only.
 */
export const writeReport = ({ facts, events, browser }: ReportInputs): string => {
  const width = Math.max(...Object.values(tones).map((tone) => t(tone).length))
  const checks = checkNames.flatMap((name) => {
    const verdict = judge(name, facts)
    return verdict ? [`${t(tones[verdict.tone]).padEnd(width)} ${verdict.name}: ${verdict.found}`] : []
  })
  const devices = (facts.devices ?? []).map(
    (device, at) =>
      ' '.repeat(width + 1) + t('doctor.report.device', { number: at + 1, way: describeWay(device) }),
  )
  const lately = events
    .filter(({ code }) => isCode(code))
    .slice(-30)
    .map(({ agoMs, code }) => {
      const seconds = String(Math.max(0, Math.round(agoMs / 1000))).padStart(width)
      return t('doctor.report.event', { seconds, code })
    })
  return [
    t('doctor.report.heading'),
    browser,
    '',
    ...checks,
    ...devices,
    '',
    t('doctor.report.lately'),
    ...lately,
  ].join('\n')
}
