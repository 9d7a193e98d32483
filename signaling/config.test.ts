import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { helpText, settings } from './settings.ts'
import { describeStartProblem } from './start-problem.ts'

describe('what can be set', () => {
  test('nothing set gives a server at the usual ports', () => {
    expect(readConfig([], {})).toEqual({
      ok: true,
      value: {
        type: 'start',
        config: {
          dataFolder: './data',
          httpPort: 8080,
          httpsPort: 8443,
          trustProxy: false,
          iceUrls: [],
          turn: 'auto',
          turnPort: 3478,
          log: 'quiet',
          certificate: undefined,
        },
      },
    })
  })

  test('a flag goes before its variable; an empty variable is none', () => {
    const environment = { HEARTH_HTTP_PORT: '1000', HEARTH_HTTPS_PORT: 'off', HEARTH_DATA: '' }
    const read = readConfig(['--http-port', '2000'], environment)
    expect(read).toMatchObject({
      value: { config: { httpPort: 2000, httpsPort: 'off', dataFolder: './data' } },
    })
  })

  test('everything at once', () => {
    const args = ['--data=/srv/hearth', '--host=::1', '--cert=c.pem', '--key=k.pem', '--trust-proxy']
    const read = readConfig([...args, '--url=https://chat.example.org/'], {
      HEARTH_ICE_URLS: 'stun:a.example:3478, turns:a.example:5349?transport=tcp',
      HEARTH_TURN_SECRET: 'secret',
      HEARTH_TURN: 'off',
      HEARTH_TURN_PORT: '3479',
      HEARTH_TURN_RELAY_PORTS: '50000-50999',
      HEARTH_TURN_LIFETIME: '60',
      HEARTH_LOG: 'debug',
    })
    expect(read).toMatchObject({
      value: {
        config: {
          dataFolder: '/srv/hearth',
          host: '::1',
          certificate: { certFile: 'c.pem', keyFile: 'k.pem' },
          trustProxy: true,
          url: 'https://chat.example.org',
          iceUrls: ['stun:a.example:3478', 'turns:a.example:5349?transport=tcp'],
          turnSecret: 'secret',
          turn: 'off',
          turnPort: 3479,
          turnRelayPorts: [50_000, 50_999],
          turnLifetimeMs: 60_000,
          log: 'debug',
        },
      },
    })
  })

  test.each([
    [['--http-port', 'abc'], {}, '--http-port must be a port from 0 to 65535, not "abc".'],
    [['--http-port', '65536'], {}, '--http-port must be a port from 0 to 65535, not "65536".'],
    [
      [],
      { HEARTH_HTTPS_PORT: 'of' },
      'HEARTH_HTTPS_PORT must be a port from 0 to 65535, or "off", not "of".',
    ],
    [[], { HEARTH_TRUST_PROXY: 'maybe' }, 'HEARTH_TRUST_PROXY must be "yes" or "no", not "maybe".'],
    [['--url', 'chat.example.org'], {}, /^--url must be an address like https/],
    [['--url', 'https://chat.example.org/path'], {}, /^--url must be/],
    [['--ice-urls', 'http://a'], {}, /^--ice-urls must be stun:, turn: or turns:/],
    [['--ice-urls', 'turn:a'], {}, /HEARTH_TURN_SECRET must be set/],
    [['--turn', 'maybe'], {}, '--turn must be "auto" or "off", not "maybe".'],
    [['--turn-port', '0'], {}, '--turn-port must be a port from 1 to 65535, not "0".'],
    [['--turn-relay-ports', '50000'], {}, /^--turn-relay-ports must be a range of ports/],
    [['--turn-relay-ports', '60000-50000'], {}, /^--turn-relay-ports must be a range of ports/],
    [[], { HEARTH_TURN_LIFETIME: '59' }, /^HEARTH_TURN_LIFETIME must be a number of seconds from 60/],
    [['--cert', 'a.pem'], {}, '--cert needs --key (HEARTH_KEY) beside it.'],
    [[], { HEARTH_KEY: 'k.pem' }, '--key needs --cert (HEARTH_CERT) beside it.'],
    [['--http-port=9000', '--https-port=9000'], {}, /must differ/],
    [['--nonsense'], {}, "Unknown option '--nonsense'. See --help."],
    [['stray'], {}, /See --help\.$/],
    [['--data'], {}, /--data.*See --help\.$/],
    [[], { HEARTH_LOG: 'loud' }, 'HEARTH_LOG must be "quiet", "info" or "debug", not "loud".'],
  ])('%j %j is one sentence that names what is wrong', (args, environment, sentence) => {
    const read = readConfig(args, environment)
    expect(read.ok).toBe(false)
    expect(read.ok ? '' : read.problem).toMatch(sentence)
    expect(read.ok ? '' : read.problem).not.toContain('\n')
  })

  test('a wrong secret is not repeated', () => {
    const read = readConfig([], { HEARTH_TURN_SECRET: '   ' })
    expect(read).toEqual({
      ok: false,
      problem: 'HEARTH_TURN_SECRET must be the secret shared with the TURN server.',
    })
  })

  test('--help tells of every variable and flag', () => {
    expect(readConfig(['--help'], { HEARTH_HTTP_PORT: 'wrong' })).toEqual({
      ok: true,
      value: { type: 'help' },
    })
    for (const { variable, flag } of Object.values(settings)) {
      expect(helpText()).toContain(variable)
      if (flag !== undefined) expect(helpText()).toContain(`--${flag}`)
    }
  })
})

test('a port that is taken is told with the flag that changes it', () => {
  const sentence = describeStartProblem({ type: 'portBusy', port: 8080, flag: '--http-port' })
  expect(sentence).toContain('8080')
  expect(sentence).toContain('--http-port')
  expect(sentence).toContain('HEARTH_HTTP_PORT')
})
