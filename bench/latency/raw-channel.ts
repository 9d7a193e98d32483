import type { Page } from '@playwright/test'

/** A bare data channel between two pages, introduced by hand: what no program in a browser can beat. */
export const openRawChannel = async (from: Page, to: Page): Promise<void> => {
  const open = (page: Page) =>
    page.evaluate(() => {
      const connection = new RTCPeerConnection()
      const channel = connection.createDataChannel('raw', { negotiated: true, id: 0 })
      const log = document.querySelector('[role=log]')!
      channel.onmessage = ({ data }) => {
        const item = document.createElement('li')
        item.textContent = String(data)
        log.append(item)
        // Nothing of it stays: the page's own program does not know of it.
        requestAnimationFrame(() => item.remove())
      }
      window.rawConnection = connection
      window.rawOpen = new Promise((resolve) => {
        channel.onopen = () => resolve()
      })
      window.sayRaw = (text) => {
        const saidAt = performance.timeOrigin + performance.now()
        channel.send(text)
        return saidAt
      }
    })
  await Promise.all([open(from), open(to)])
  await introduce(from, to)
  await Promise.all([from, to].map((page) => page.evaluate(() => window.rawOpen!)))
}

/** Carries the descriptions of the connections that two pages have made, `rawConnection` in each. */
export const introduce = async (from: Page, to: Page): Promise<void> => {
  /** Sets what came from the other side, makes one's own description, and gives it out with all its candidates. */
  const describe = (page: Page, received?: RTCSessionDescriptionInit) =>
    page.evaluate(async (description) => {
      const connection = window.rawConnection!
      if (description) await connection.setRemoteDescription(description)
      if (connection.signalingState !== 'stable' || !description) await connection.setLocalDescription()
      if (connection.iceGatheringState !== 'complete')
        await new Promise<void>((resolve) => {
          connection.onicegatheringstatechange = () => {
            if (connection.iceGatheringState === 'complete') resolve()
          }
        })
      return connection.localDescription!.toJSON()
    }, received)
  const answer = await describe(to, await describe(from))
  await describe(from, answer)
}

export const sayRaw = (page: Page, text: string): Promise<number> =>
  page.evaluate((words) => window.sayRaw!(words), text)
