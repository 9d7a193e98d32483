import type { Page } from '@playwright/test'

/** What crossed a page's data channels. Times are in milliseconds since the page was asked for. */
export interface Meeting {
  /** When the first of them opened. */
  openedAt: number | undefined
  receivedBytes: number
  sentBytes: number
}

declare global {
  interface Window {
    meeting?: Meeting
  }
}

/** The mark that the page sets when it meets another. */
export const metMark = 'two pages meet'

/** From the start on, the page notes when its first data channel opens and what crosses all of them, whoever makes them. */
export const noteMeeting = async (page: Page): Promise<void> => {
  await page.addInitScript((mark) => {
    const meeting: Meeting = { openedAt: undefined, receivedBytes: 0, sentBytes: 0 }
    window.meeting = meeting
    // Methods, since what runs in the page is compiled here and then only keeps its own names.
    const steps = {
      opened() {
        if (meeting.openedAt !== undefined) return
        meeting.openedAt = performance.now()
        performance.mark(mark)
      },
      bytesOf(data: unknown) {
        return data instanceof ArrayBuffer || ArrayBuffer.isView(data) ? data.byteLength : String(data).length
      },
      watch(channel: RTCDataChannel) {
        if (channel.readyState === 'open') steps.opened()
        channel.addEventListener('open', steps.opened)
        channel.addEventListener('message', ({ data }) => (meeting.receivedBytes += steps.bytesOf(data)))
        const send = channel.send.bind(channel) as (data: unknown) => void
        channel.send = (data: unknown) => {
          meeting.sentBytes += steps.bytesOf(data)
          send(data)
        }
        return channel
      },
    }
    window.RTCPeerConnection = new Proxy(RTCPeerConnection, {
      construct(target, given: [RTCConfiguration?]) {
        const connection = new target(...given)
        const create = connection.createDataChannel.bind(connection)
        connection.createDataChannel = (label, options) => steps.watch(create(label, options))
        connection.addEventListener('datachannel', ({ channel }) => void steps.watch(channel))
        return connection
      },
    })
  }, metMark)
}

export const readMeeting = (page: Page): Promise<Meeting> => page.evaluate(() => window.meeting!)
