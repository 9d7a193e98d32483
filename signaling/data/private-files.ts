/** Whatever files `make` makes are readable by this user only, those that SQLite puts beside its own as well. */
export const privately = <Made>(make: () => Made): Made => {
  const before = process.umask(0o077)
  try {
    return make()
  } finally {
    process.umask(before)
  }
}
