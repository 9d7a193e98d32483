/** Where object URLs come from: `URL`, or a test's own. */
export interface UrlMaker {
  createObjectURL(blob: Blob): string
  revokeObjectURL(url: string): void
}

export type PictureBytes = Uint8Array<ArrayBuffer>

/** Addresses for pictures in memory: one for each picture however often it is shown, revoked with the last that shows it. */
export const createPictureUrls = (urls: UrlMaker) => {
  const shown = new Map<PictureBytes, { url: string; count: number }>()
  return {
    take(picture: PictureBytes): string {
      const known = shown.get(picture)
      if (known) {
        known.count += 1
        return known.url
      }
      const url = urls.createObjectURL(new Blob([picture]))
      shown.set(picture, { url, count: 1 })
      return url
    },
    giveBack(picture: PictureBytes): void {
      const known = shown.get(picture)
      if (known === undefined) return
      known.count -= 1
      if (known.count > 0) return
      shown.delete(picture)
      urls.revokeObjectURL(known.url)
    },
  }
}

export const pictureUrls = createPictureUrls(URL)
