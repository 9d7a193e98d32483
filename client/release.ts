/** Names this build: what imports this lies in a file that has another name in each, since the names of all others go into it. */
export const release = import.meta.url
