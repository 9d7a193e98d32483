// Before anything is painted: the look that was chosen (ux 38), or a dark room would flash white at every start. A classic script, since
// a module would come too late, and a file, since the page allows no inline script. What it reads was worked out and kept by
// ui/theme.ts; ui/theme-apply.ts does the same again, and follows from then on. A test holds the two together.
;(() => {
  let kept
  try {
    kept = JSON.parse(localStorage.getItem('hearth/appearance'))
  } catch {
    // Forbidden, or not ours: as the device asks.
  }
  if (typeof kept !== 'object' || kept === null) kept = {}
  const asks = (query) => matchMedia(query).matches
  const isDark = kept.theme === 'dark' || (kept.theme !== 'light' && asks('(prefers-color-scheme: dark)'))
  const isMore = kept.contrast === 'more' || asks('(prefers-contrast: more)')
  const scheme = isDark ? 'dark' : 'light'
  const root = document.documentElement
  root.dataset.theme = scheme
  root.toggleAttribute('data-more-contrast', isMore)
  root.toggleAttribute('data-simple', kept.isSimple === true)
  const colours = Object(Object(kept.colours)[isMore ? `${scheme}More` : scheme])
  for (const token of ['ember', 'ember-strong', 'on-ember', 'ember-wash', 'ember-wash-line'])
    if (/^#[0-9a-f]{6}$/.test(colours[token])) root.style.setProperty(`--${token}`, colours[token])
  const sunken = isMore ? (isDark ? '#000000' : '#faf6f0') : isDark ? '#15110e' : '#f4ede3'
  for (const meta of document.querySelectorAll('meta[name="theme-color"]'))
    meta.setAttribute('content', sunken)
  for (const meta of document.querySelectorAll('meta[name="color-scheme"]'))
    meta.setAttribute('content', scheme)
})()
