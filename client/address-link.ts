import { invitationLinkPrefix } from '../shared/invitation-link.ts'
import { linkingLinkPrefix } from '../shared/linking-link.ts'
import { sharePath } from '../shared/service-worker.ts'
import { readSharedText } from './features/share/shared-text.ts'

/** What somebody may bring along in the address (ux 2). */
export type AddressLink = { type: 'invitation' | 'linking'; link: string }

export const isOurLink = (hash: string): boolean =>
  hash.startsWith(invitationLinkPrefix) || hash.startsWith(linkingLinkPrefix)

/** The link this page was opened with, if any. It leaves the address bar, so that no screenshot or history keeps it. */
export const takeLinkFromAddress = (): AddressLink | undefined => {
  const { hash, pathname, search } = location
  if (!isOurLink(hash)) return undefined
  history.replaceState(history.state, '', pathname + search)
  return { type: hash.startsWith(invitationLinkPrefix) ? 'invitation' : 'linking', link: hash }
}

/** The text another app shared with this one, if the page was opened so. It leaves the address bar, too. */
export const takeSharedTextFromAddress = (): string | undefined => {
  const { pathname, search, hash } = location
  if (pathname !== sharePath) return undefined
  history.replaceState(history.state, '', `/${hash}`)
  return readSharedText(search)
}
