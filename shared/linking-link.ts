/** The link that a new device shows as a QR code (I8, linking.ts), apart from all else about linking: every start of the app looks for it. */
export const linkingLinkPrefix = '#link/'
