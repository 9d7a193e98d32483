import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countMediaLines, preferSpeech } from './speech-sdp.ts'

const sdp = (...lines: string[]): string => ['v=0', ...lines, ''].join('\r\n')

test('C3: our Opus mends loss and saves silence, whatever the other side asked', () => {
  const received = sdp(
    'm=audio 9 UDP/TLS/RTP/SAVPF 63 111 0',
    'a=rtpmap:63 red/48000/2',
    'a=fmtp:63 111/111',
    'a=rtpmap:111 opus/48000/2',
    'a=fmtp:111 minptime=10;useinbandfec=0; usedtx=0',
  )
  const preferred = preferSpeech(received)
  expect(preferred).toContain('a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1\r\n')
  expect(preferred).toContain('a=fmtp:63 111/111\r\n')
  expect(preferSpeech(preferred)).toBe(preferred)
})

test('C3: two audio lines are both said so, and video is left alone', () => {
  const audio = ['m=audio 9 X 109', 'a=rtpmap:109 opus/48000/2', 'a=fmtp:109 maxplaybackrate=48000;stereo=1']
  const received = sdp(
    ...audio,
    'm=video 9 X 96',
    'a=rtpmap:96 VP8/90000',
    'a=fmtp:96 max-fs=12288',
    ...audio,
  )
  const preferred = preferSpeech(received)
  expect(preferred.match(/usedtx=1/g)).toHaveLength(2)
  expect(preferred).toContain('a=fmtp:96 max-fs=12288\r\n')
})

test('a description without Opus stays as it is', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!/opus/i.test(text))
      expect(preferSpeech(text)).toBe(text)
    }),
  )
})

test('the lines of a description are counted', () => {
  expect(countMediaLines('')).toBe(0)
  expect(countMediaLines(sdp('m=application 9 X', 'a=mid:0', 'm=audio 9 X', 'a=m=1'))).toBe(2)
})
