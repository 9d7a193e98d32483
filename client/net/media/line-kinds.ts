/** The media lines of a Link in the order of their lines in the descriptions, the same for both ends and for ever (C3). */
export const lineKinds = ['audio', 'camera', 'screen', 'screenAudio'] as const
export type LineKind = (typeof lineKinds)[number]

export const mediumOf = {
  audio: 'audio',
  camera: 'video',
  screen: 'video',
  screenAudio: 'audio',
} as const satisfies Record<LineKind, 'audio' | 'video'>

/** The line of data and the media lines: more has no description of a Link. */
export const maxDescribedLines = 1 + lineKinds.length
