/** The message whose menu is asked for, and the button beside which it opens. */
export interface MenuTarget {
  key: string
  button: HTMLElement
}
