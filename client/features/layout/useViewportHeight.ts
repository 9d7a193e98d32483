import { onScopeDispose } from 'vue'

/**
 * Tells CSS how much of the window is free of the on-screen keyboard, as `--viewport-height`: on iOS no CSS unit knows
 * (ux 39: the composer stays above the keyboard).
 */
export const useViewportHeight = () => {
  const viewport = window.visualViewport
  if (!viewport) return
  const { style } = document.documentElement
  const follow = () => {
    // Pinched in, the visible part is a magnifying glass and says nothing about a keyboard.
    if (viewport.scale > 1.01) return
    style.setProperty('--viewport-height', `${viewport.height}px`)
    // iOS scrolls the page to show the field; the layout has made room already.
    window.scrollTo(0, 0)
  }
  viewport.addEventListener('resize', follow)
  onScopeDispose(() => {
    viewport.removeEventListener('resize', follow)
    style.removeProperty('--viewport-height')
  })
}
