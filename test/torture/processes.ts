import { readdirSync, readFileSync } from 'node:fs'
import process from 'node:process'

interface Process {
  id: number
  parent: number
  words: readonly string[]
}

/** A process that ends while it is read is none. */
const readProcess = (id: number): Process | undefined => {
  try {
    // Chromium's are parted by blanks where the process was forked.
    const words = readFileSync(`/proc/${id}/cmdline`, 'utf8').split(/[\0 ]/).filter(Boolean)
    // After the program's name, which is in brackets and may hold anything: the state, and the parent.
    const [, parent] = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return { id, parent: Number(parent), words }
  } catch {
    return undefined
  }
}

const allProcesses = (): Process[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? [])

export interface BrowserProcesses {
  /** Leads the group of all of the browser's processes. */
  main: number
  /** Those in which pages run. */
  pages: readonly number[]
}

const runsPages = ({ words }: Process): boolean =>
  words.includes('--type=renderer') || (words.includes('-isForBrowser') && words.at(-1) === 'tab')

/** The processes of the browser that this test has started with its profile in `folder`. Linux only. */
export const processesOf = (folder: string): BrowserProcesses => {
  const all = allProcesses()
  const main = all.find(
    ({ parent, words }) => parent === process.pid && words.some((word) => word.includes(folder)),
  )
  if (!main) throw new Error(`no browser of this test has its profile in ${folder}`)
  const below = (id: number): Process[] =>
    all.filter(({ parent }) => parent === id).flatMap((child) => [child, ...below(child.id)])
  const pages = below(main.id).filter(runsPages)
  return { main: main.id, pages: pages.map(({ id }) => id) }
}
