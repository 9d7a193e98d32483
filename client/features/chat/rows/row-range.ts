/** The rows of a log that are in the document: from the first to before the last; and what stands for the others, in CSS pixels. */
export interface RowRange {
  from: number
  to: number
  abovePx: number
  belowPx: number
}

/** How far the rows in the document reach beyond both edges of what is seen, in screens. */
export interface Reach {
  above: number
  below: number
}

/** Nearer than this, more rows come; what lies further out goes. Between both nothing happens, or rows would come and go all the time. */
const fewestScreens = 2
export const mostScreens = 4
/** So many are drawn and scrolled without effort wherever they are, and can be searched and read out. */
export const fewRows = 150
/** As many as may be drawn at once without a frame being late. */
const rowsAtOnce = 5
/** On both sides of where somebody is led: about a screen. */
const rowsAround = 10

export interface Growth {
  from: number
  to: number
}

/** The rows that are to be there next: a few more at an edge that is near. */
export const grow = ({ from, to }: Growth, count: number, { above, below }: Reach): Growth => ({
  from: above < fewestScreens ? Math.max(0, from - rowsAtOnce) : from,
  to: below < fewestScreens ? Math.min(count, to + rowsAtOnce) : to,
})

/** So many rows around one that is nowhere near: what fills a screen. The rest comes as it does at an edge. */
export const around = (index: number, count: number): Growth => ({
  from: Math.max(0, index - rowsAround),
  to: Math.min(count, index + rowsAround),
})
