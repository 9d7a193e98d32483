// Opens the steps of this device's own system, and gives the way on. The page works without this script, too.
const agent = navigator.userAgent
const isTouchMac = agent.includes('Macintosh') && navigator.maxTouchPoints > 1

const systemOf = () => {
  if (/iPhone|iPad|iPod/.test(agent) || isTouchMac) return 'ios'
  if (agent.includes('Android')) return 'android'
  if (agent.includes('Firefox/')) return 'firefox'
  if (agent.includes('Windows')) return 'windows'
  if (agent.includes('Macintosh')) return 'macos'
  return 'linux'
}

const steps = document.querySelector(`details[data-system="${systemOf()}"]`)
if (steps) {
  steps.open = true
  // What concerns this device goes first.
  steps.parentElement.querySelector('details').before(steps)
}

const link = document.querySelector('#open')
// A family link that led here is handed on: its fragment never leaves the device.
const origin = `https://${location.hostname}:${document.body.dataset.httpsPort}`
link.href = `${origin}/${location.hash.startsWith('#join/') ? location.hash : ''}`
link.hidden = false
