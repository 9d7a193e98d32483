import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { fail, ok, type Result } from '../shared/result.ts'
import { settings, type SettingName } from './settings.ts'
import type { ServerConfig } from './server-config.ts'

export type Wish = { type: 'help' } | { type: 'start'; config: ServerConfig }

/** Reads flags, and environment variables where there is no flag. A problem is one sentence that names what is wrong. */
export const readConfig = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Result<Wish, string> => {
  const flags = readFlags(args)
  if (!flags.ok) return flags
  if (flags.value.help === true) return ok({ type: 'help' })

  const given: Partial<Record<SettingName, unknown>> = {}
  for (const [name, setting] of Object.entries(settings) as [SettingName, (typeof settings)[SettingName]][]) {
    const fromFlag = setting.flag === undefined ? undefined : flags.value[setting.flag]
    const fromEnvironment = environment[setting.variable]
    // An empty variable is how compose files say "not set".
    const value = fromFlag ?? (fromEnvironment === '' ? undefined : fromEnvironment)
    if (value === undefined) continue
    const parsed = v.safeParse(setting.schema, value === true ? 'yes' : value)
    if (!parsed.success) {
      const source =
        fromFlag === undefined || setting.flag === undefined ? setting.variable : `--${setting.flag}`
      return fail(`${source} must be ${setting.must}${setting.isSecret ? '' : `, not "${String(value)}"`}.`)
    }
    given[name] = parsed.output
  }
  return checkTogether(v.parse(configSchema, given))
}

const readFlags = (args: readonly string[]): Result<Record<string, string | boolean | undefined>, string> => {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string }> = {
    help: { type: 'boolean', short: 'h' },
  }
  for (const { flag, isSwitch } of Object.values(settings)) {
    if (flag !== undefined) options[flag] = { type: isSwitch ? 'boolean' : 'string' }
  }
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false })
    return ok(values as Record<string, string | boolean | undefined>)
  } catch (error) {
    const [sentence = 'The flags could not be read'] =
      error instanceof Error ? error.message.split(/\.\s|\n/) : []
    return fail(`${sentence.replace(/\.$/, '')}. See --help.`)
  }
}

/** Each value is checked by its own setting before; this gives them their types and defaults. */
const configSchema = v.object({
  dataFolder: v.optional(v.string(), './data'),
  host: v.optional(v.string()),
  httpPort: v.optional(v.number(), 8080),
  httpsPort: v.optional(v.union([v.number(), v.literal('off')]), 8443),
  certFile: v.optional(v.string()),
  keyFile: v.optional(v.string()),
  trustProxy: v.optional(v.boolean(), false),
  url: v.optional(v.string()),
  iceUrls: v.optional(v.array(v.string()), []),
  turnSecret: v.optional(v.string()),
  turn: v.optional(v.picklist(['auto', 'off']), 'auto'),
  turnPort: v.optional(v.number(), 3478),
  turnRelayPorts: v.optional(v.tuple([v.number(), v.number()])),
  turnLifetimeMs: v.optional(v.number()),
  log: v.optional(v.picklist(['quiet', 'info', 'debug']), 'quiet'),
})

const checkTogether = ({
  certFile,
  keyFile,
  ...config
}: v.InferOutput<typeof configSchema>): Result<Wish, string> => {
  if ((certFile === undefined) !== (keyFile === undefined)) {
    const [given, missing] = certFile === undefined ? ['--key', '--cert'] : ['--cert', '--key']
    return fail(`${given} needs ${missing} (HEARTH${missing.replace('--', '_').toUpperCase()}) beside it.`)
  }
  if (config.httpPort === config.httpsPort && config.httpPort !== 0) {
    return fail(`--http-port and --https-port are both ${config.httpPort}; they must differ.`)
  }
  if (config.turnSecret === undefined && config.iceUrls.some((url) => !url.startsWith('stun:'))) {
    return fail(
      'HEARTH_ICE_URLS names a TURN server, so HEARTH_TURN_SECRET must be set to the secret it shares.',
    )
  }
  const certificate = certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : undefined
  return ok({ type: 'start', config: { ...config, certificate } })
}
