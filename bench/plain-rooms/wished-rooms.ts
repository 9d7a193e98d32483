import { newestLines, roomName } from '../filled-app/lines.ts'

/** The rooms that the address asks for, with what a screen shows of each: `?count=1000&count=1000` are two. */
export const wishedRooms = (): { name: string; lines: string[] }[] =>
  new URLSearchParams(location.search).getAll('count').map((count, index) => {
    const name = roomName(index)
    return { name, lines: newestLines(name, Number(count)) }
  })
