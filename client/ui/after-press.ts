/**
 * Opens what a `contextmenu` asks for: at once where a key asked, else when the button is let go. Firefox asks while it is still down, and
 * letting go would close again whatever has opened meanwhile.
 */
export const openAfterPress = ({ buttons }: Pick<MouseEvent, 'buttons'>, open: () => void): void => {
  if (buttons === 0) open()
  // After the browser has done with this press.
  else addEventListener('pointerup', () => setTimeout(open), { once: true })
}
