/** Why the server could not start: all of it is the reader's to mend, so each becomes one clear sentence. */
export type StartProblem =
  | { type: 'portBusy'; port: number; flag: PortFlag }
  | { type: 'portNotAllowed'; port: number; flag: PortFlag }
  | { type: 'hostNotHere'; host: string }
  | { type: 'cannotListen'; port: number; detail: string }
  | { type: 'folderUnusable'; folder: string; detail: string }
  | { type: 'folderInUse'; folder: string }
  | { type: 'fileUnreadable'; file: string; detail: string }
  | { type: 'fileFromNewer'; file: string }
  | { type: 'fileBroken'; file: string; detail: string }

export type PortFlag = '--http-port' | '--https-port'

const variables: Record<PortFlag, string> = {
  '--http-port': 'HEARTH_HTTP_PORT',
  '--https-port': 'HEARTH_HTTPS_PORT',
}

export const describeStartProblem = (problem: StartProblem): string => {
  switch (problem.type) {
    case 'portBusy':
      return `Port ${problem.port} is already in use. Stop what uses it, or choose another port with ${problem.flag} or ${variables[problem.flag]}.`
    case 'portNotAllowed':
      return `This user may not listen on port ${problem.port}. Choose a port above 1023 with ${problem.flag} or ${variables[problem.flag]}.`
    case 'hostNotHere':
      return `This machine has no address ${problem.host}. Correct --host or HEARTH_HOST, or leave it out to listen on all addresses.`
    case 'cannotListen':
      return `Could not listen on port ${problem.port}: ${problem.detail}.`
    case 'folderUnusable':
      return `The data folder ${problem.folder} cannot be used: ${problem.detail}. Choose another with --data or HEARTH_DATA.`
    case 'folderInUse':
      return `Another Hearth is running on the data folder ${problem.folder}. Stop it, or choose another folder with --data or HEARTH_DATA.`
    case 'fileUnreadable':
      return `Could not read or write ${problem.file}: ${problem.detail}.`
    case 'fileFromNewer':
      return `${problem.file} is from a newer version of Hearth. Nothing was changed. Update this one, or put back a copy from before.`
    case 'fileBroken':
      return `${problem.file} is broken: ${problem.detail}. Nothing was changed. Put back a good copy, or move the file away to have a new one made.`
  }
}
