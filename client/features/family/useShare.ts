/** The share sheet of the phone or computer, where there is one. */
export const useShare = (data: () => ShareData) => {
  const { share } = navigator as Partial<Pick<Navigator, 'share'>>
  return {
    canShare: share !== undefined,
    /** Nothing comes of it when the sheet is closed again, which browsers tell as an error. */
    share: () => share?.call(navigator, data()).catch(() => undefined),
  }
}
