import { invitationLinkPrefix } from '../shared/invitation-link.ts'
import { linkingLinkPrefix } from '../shared/linking.ts'

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
