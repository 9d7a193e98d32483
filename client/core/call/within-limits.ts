import { encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import { callLimits } from '../../../shared/limits.ts'
import type { QualityReport, Tiles } from './words.ts'

/** What screens and measurements give, made such that the other side takes it. */

/** As much of the beginning as a message holds, never half a character. */
export const cutText = (text: string): string => {
  const segments = [...new Intl.Segmenter().segment(text.trim())]
  let bytes = 0
  let kept = ''
  for (const { segment } of segments) {
    bytes += encodeUtf8(segment).length
    if (bytes > callLimits.maxDeclineTextBytes) break
    kept += segment
  }
  return kept
}

export const isReaction = (emoji: string): boolean =>
  emoji !== '' && encodeUtf8(emoji).length <= callLimits.maxReactionBytes

const whole = (value: number, max: number): number =>
  Number.isFinite(value) ? Math.min(Math.max(Math.round(value), 0), max) : 0

export const roundTiles = ({ camera, screen }: Tiles): Tiles => ({
  camera: whole(camera, callLimits.maxTileHeight),
  screen: whole(screen, callLimits.maxTileHeight),
})

export const roundReport = ({ rttMs, lossPerMille }: QualityReport): QualityReport => ({
  rttMs: whole(rttMs, callLimits.maxReportedRttMs),
  lossPerMille: whole(lossPerMille, 1_000),
})
