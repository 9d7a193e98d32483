import { X509Certificate as NodeCertificate } from 'node:crypto'
import { once } from 'node:events'
import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { connect, createSecureContext } from 'node:tls'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openDataFolder, type DataFolder } from '../data/data-folder.ts'
import { startServer } from '../server.ts'
import { newFolder, startTestServer } from '../testing/test-server.ts'
import { addressBytes } from './address-bytes.ts'
import { createAuthority, issueCertificate } from './authority.ts'
import { readDer, writeDer } from './der.ts'
import { toPem } from './keyed-file.ts'
import { openLocalCertificates, type LocalCertificates } from './local-certificates.ts'
import { withinConstraints } from './name-constraints.ts'
import { namesOf, type MachineNames } from './names.ts'
import { readOwnCertificate } from './own-certificate.ts'

const dayMs = 24 * 60 * 60 * 1000
const now = Date.UTC(2026, 0, 1)
const names: MachineNames = {
  dns: ['localhost', 'nas', 'nas.local'],
  addresses: ['127.0.0.1', '::1', '192.168.1.20', 'fd00::20', '203.0.113.9'],
}

const openFolder = async (): Promise<DataFolder> => {
  const folder = await openDataFolder(await newFolder())
  if (!folder.ok) throw new Error('no data folder')
  return folder.value
}

const open = async (folder: DataFolder, at = now, forNames = names): Promise<LocalCertificates> => {
  const opened = await openLocalCertificates(folder, forNames, at)
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
  return opened.value
}

const leafOf = ({ current }: LocalCertificates): NodeCertificate => new NodeCertificate(current.cert)

describe('the family’s own authority', () => {
  test('signs a certificate for all the names of the machine', async () => {
    const certificates = await open(await openFolder())
    const leaf = leafOf(certificates)
    const authority = new NodeCertificate(certificates.authorityDer)
    for (const name of names.dns) expect(leaf.checkHost(name)).toBe(name)
    for (const address of names.addresses) expect(leaf.checkIP(address)).toBeDefined()
    expect(leaf.checkIssued(authority)).toBe(true)
    expect(leaf.verify(authority.publicKey)).toBe(true)
    expect([authority.ca, leaf.ca]).toEqual([true, false])
    expect(certificates.authorityFingerprint).toBe(authority.fingerprint256)
  })

  test('its certificates last no longer than Apple’s systems take', async () => {
    const leaf = leafOf(await open(await openFolder()))
    const days = (Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)) / dayMs
    expect(days).toBeLessThanOrEqual(397)
  })

  test('lies in files that only this user reads, and stays the same', async () => {
    const folder = await openFolder()
    const first = await open(folder)
    for (const file of [folder.authority, folder.certificate]) expect((await stat(file)).mode & 0o077).toBe(0)
    const second = await open(folder)
    expect(second.authorityFingerprint).toBe(first.authorityFingerprint)
    expect(second.current).toEqual(first.current)
  })

  test('cannot vouch for a name outside its house, and does not try', async () => {
    const authority = await createAuthority(names, now)
    const wished = {
      dns: ['nas.local', 'bank.example'],
      addresses: ['192.168.9.9', '198.51.100.1', '2001:db8::1'],
    }
    expect(withinConstraints(authority.certificate, wished)).toEqual({
      dns: ['nas.local'],
      addresses: ['192.168.9.9'],
    })
  })
})

describe('a certificate is made anew', () => {
  test('when the machine has a new address, by the same authority', async () => {
    const folder = await openFolder()
    const certificates = await open(folder)
    const moved = { ...names, addresses: [...names.addresses, '10.0.0.7'] }
    expect(await certificates.renew(moved, now)).toEqual({ ok: true, value: true })
    expect(leafOf(certificates).checkIP('10.0.0.7')).toBeDefined()
    expect(await certificates.renew(moved, now)).toEqual({ ok: true, value: false })
    expect((await open(folder, now, moved)).current).toEqual(certificates.current)
  })

  test('not when an address has gone, nor for one it may not have', async () => {
    const certificates = await open(await openFolder())
    const fewer = { ...names, addresses: ['127.0.0.1', '198.51.100.77'] }
    expect(await certificates.renew(fewer, now)).toEqual({ ok: true, value: false })
  })

  test('within 30 days of its end', async () => {
    const certificates = await open(await openFolder())
    expect(await certificates.renew(names, now + 360 * dayMs)).toEqual({ ok: true, value: false })
    expect(await certificates.renew(names, now + 367 * dayMs)).toEqual({ ok: true, value: true })
    expect(Date.parse(leafOf(certificates).validTo)).toBeGreaterThan(now + 700 * dayMs)
  })

  test('when the authority is another one', async () => {
    const folder = await openFolder()
    const before = await open(folder)
    await rm(folder.authority)
    const after = await open(folder)
    expect(after.authorityFingerprint).not.toBe(before.authorityFingerprint)
    expect(leafOf(after).verify(new NodeCertificate(after.authorityDer).publicKey)).toBe(true)
  })
})

describe('a broken file is told, never replaced', () => {
  test.each(['authority', 'certificate', 'database'] as const)('%s', async (which) => {
    const dataFolder = await newFolder()
    if (which !== 'database') await (await startTestServer({ dataFolder, httpsPort: 0 })).close()
    const folder = await openDataFolder(dataFolder)
    if (!folder.ok) throw new Error('no data folder')
    const file = folder.value[which]
    await writeFile(file, 'broken '.repeat(200))
    const started = await startServer({ dataFolder, httpPort: 0, httpsPort: 0 })
    expect(started).toMatchObject({ ok: false, problem: { type: 'fileBroken', file } })
    expect(await readFile(file, 'utf8')).toBe('broken '.repeat(200))
  })

  test('a key and a certificate that do not belong together', async () => {
    const folder = await openFolder()
    await open(folder)
    const other = await toPem(await createAuthority(names, now))
    const [, certificate = ''] = (await readFile(folder.authority, 'utf8')).split(
      /(?<=-----END PRIVATE KEY-----\n)/,
    )
    const [key = ''] = other.split(/(?<=-----END PRIVATE KEY-----\n)/)
    await writeFile(folder.authority, key + certificate)
    const opened = await openLocalCertificates(folder, names, now)
    expect(opened).toMatchObject({ ok: false, problem: { type: 'fileBroken', file: folder.authority } })
  })
})

describe('a real client', () => {
  const handshake = async (port: number, host: string, ca: string | undefined): Promise<string> => {
    const server = ca === undefined ? {} : { secureContext: createSecureContext({ ca }) }
    const socket = connect({
      host: '127.0.0.1',
      port,
      ...server,
      servername: host === '127.0.0.1' ? '' : host,
    })
    const outcome = await new Promise<string>((resolve) => {
      socket.once('secureConnect', () => resolve('trusted'))
      socket.once('error', (error: Error) => resolve(error.message))
    })
    socket.destroy()
    return outcome
  }

  test('trusts localhost and 127.0.0.1 once it has the authority, and not before', async () => {
    const server = await startTestServer({ httpsPort: 0 })
    const pem = `-----BEGIN CERTIFICATE-----\n${await certificateOf(server.httpPort)}\n-----END CERTIFICATE-----\n`
    const port = server.httpsPort ?? 0
    expect(await handshake(port, 'localhost', pem)).toBe('trusted')
    expect(await handshake(port, '127.0.0.1', pem)).toBe('trusted')
    expect(await handshake(port, 'localhost', undefined)).toBe('unable to verify the first certificate')
    await server.close()
  })

  const certificateOf = async (port: number): Promise<string> => {
    const response = await fetch(`http://127.0.0.1:${port}/trust/hearth.crt`)
    return Buffer.from(await response.arrayBuffer()).toString('base64')
  }

  test('refuses a certificate by which the authority vouches for a bank: its constraints hold', async () => {
    const authority = await createAuthority({ dns: ['localhost'], addresses: ['127.0.0.1'] }, Date.now())
    const bank = await issueCertificate(authority, { dns: ['bank.example'], addresses: [] }, Date.now())
    const pem = await toPem(bank)
    const server = createServer({ key: pem, cert: pem }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const outcome = await handshake(port, 'bank.example', authority.certificate.toString('pem'))
    expect(outcome).toBe('permitted subtree violation')
    server.close()
  })

  test('is served the new certificate without a restart', async () => {
    const first = await toPem(await createAuthority(names, Date.now()))
    const server = createServer({ key: first, cert: first }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const authority = await createAuthority(names, Date.now())
    const second = await toPem(await issueCertificate(authority, names, Date.now()))
    server.setSecureContext({ key: second, cert: second })
    const { port } = server.address() as AddressInfo
    expect(await handshake(port, 'localhost', authority.certificate.toString('pem'))).toBe('trusted')
    server.close()
  })
})

describe('a certificate of one’s own', () => {
  const write = async (): Promise<{ certFile: string; keyFile: string }> => {
    const folder = await newFolder()
    const pem = await toPem(await createAuthority(names, Date.now()))
    const files = { certFile: `${folder}/cert.pem`, keyFile: `${folder}/key.pem` }
    const [key = '', certificate = ''] = pem.split(/(?<=-----END PRIVATE KEY-----\n)/)
    await writeFile(files.keyFile, key)
    await writeFile(files.certFile, certificate)
    return files
  }

  test('is served, and then no page offers ours', async () => {
    const server = await startTestServer({ httpsPort: 0, certificate: await write() })
    expect(server.authorityFingerprint).toBeUndefined()
    expect((await server.fetch('/trust/hearth.crt')).status).toBe(404)
    await server.close()
  })

  test('names the file that is missing, unreadable or another’s', async () => {
    const files = await write()
    const other = await write()
    const missing = { ...files, keyFile: `${files.keyFile}.gone` }
    expect(await readOwnCertificate(missing)).toMatchObject({ ok: false, problem: { file: missing.keyFile } })
    const mixed = { ...files, keyFile: other.keyFile }
    expect(await readOwnCertificate(mixed)).toMatchObject({ ok: false, problem: { file: other.keyFile } })
    await writeFile(files.certFile, 'nonsense')
    expect(await readOwnCertificate(files)).toMatchObject({ ok: false, problem: { file: files.certFile } })
    await chmod(files.certFile, 0o600)
  })
})

describe('names and bytes', () => {
  const address = (value: string, internal = false): never =>
    ({ address: value, family: value.includes(':') ? 'IPv6' : 'IPv4', internal }) as never

  test('the machine’s names are its host name, with .local, and the addresses others can reach', () => {
    const interfaces = {
      lo: [address('127.0.0.1', true)],
      eth0: [address('fe80::1'), address('fd00::2'), address('192.168.1.2')],
    }
    expect(namesOf({ hostname: 'NAS.home', interfaces })).toEqual({
      dns: ['localhost', 'nas.home', 'nas', 'nas.local'],
      addresses: ['127.0.0.1', '::1', '192.168.1.2', 'fd00::2'],
    })
    expect(namesOf({ hostname: 'not a name', interfaces: {} }).dns).toEqual(['localhost'])
  })

  test('every IPv6 address becomes its 16 bytes', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        expect(addressBytes(text)).toHaveLength(16)
      }),
    )
    expect(addressBytes('::1').toString('hex')).toBe('00000000000000000000000000000001')
    expect(addressBytes('fd00::2').toString('hex')).toBe('fd000000000000000000000000000002')
  })

  test('DER: what is written is read, what is cut short is refused', () => {
    const elements = fc.array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 700 })))
    fc.assert(
      fc.property(elements, (pairs) => {
        const bytes = Buffer.concat(pairs.map(([tag, content]) => writeDer(tag, Buffer.from(content))))
        const read = readDer(bytes).map(({ tag, content }) => [tag, new Uint8Array(content)])
        expect(read).toEqual(pairs)
        if (bytes.length > 0) expect(() => readDer(bytes.subarray(0, -1))).toThrow(RangeError)
      }),
    )
  })
})
