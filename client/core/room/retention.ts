import { retentionLimits } from '../../../shared/limits.ts'

/** How long a room is kept (P8). Their places are on the wire: only add. */
export const retentions = ['forever', 'week', 'month', 'year'] as const
export type Retention = (typeof retentions)[number]

/** In milliseconds; undefined for ever. */
export const retentionMs = (keep: Retention): number | undefined =>
  keep === 'forever' ? undefined : retentionLimits[keep]
