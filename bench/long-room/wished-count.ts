/** How many messages the page is to keep, `?fill=1000`; undefined where it is to show those that it keeps. */
export const wishedCount = (): number | undefined => {
  const wished = new URLSearchParams(location.search).get('fill')
  return wished === null ? undefined : Number(wished)
}
