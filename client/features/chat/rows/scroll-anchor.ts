/** The row that must not move, and where its lower edge is below the scroller's upper one, in CSS pixels. */
export interface Anchor {
  element: Element
  /**
   * The lower edge, because a row may lose its name line above when an older one of the same person appears before it,
   * and its text must stay nevertheless.
   */
  bottom: number
}

export const bottomOf = (element: Element, scroller: Element): number =>
  element.getBoundingClientRect().bottom - scroller.getBoundingClientRect().top

/** The first row that reaches below the scroller's upper edge. Rows are in order, so halving finds it. */
export const findAnchor = (scroller: Element): Anchor | undefined => {
  const rows = scroller.querySelectorAll('[data-row]')
  let low = 0
  let high = rows.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    const row = rows[middle]
    if (row && bottomOf(row, scroller) > 0) high = middle
    else low = middle + 1
  }
  const element = rows[low]
  return element && { element, bottom: bottomOf(element, scroller) }
}
