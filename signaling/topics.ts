import type { DeviceId, Topic } from '../shared/identifiers.ts'

/**
 * Who is where (S1, S3), as plain data: for each topic one socket a device. A topic exists only while somebody is in it.
 * Nothing here outlives a socket, and nothing is kept (S3).
 */
export type Topics<Socket> = Map<Topic, Map<DeviceId, Socket>>

export interface Joined<Socket> {
  /** Who is in the topic now, the newcomer too. */
  everybody: ReadonlyMap<DeviceId, Socket>
  /** An older socket of the same device, whose place was taken. */
  replaced: Socket | undefined
  /** False when this very socket was in already. */
  isNew: boolean
}

export const joinTopic = <Socket>(
  topics: Topics<Socket>,
  topic: Topic,
  device: DeviceId,
  socket: Socket,
): Joined<Socket> => {
  const there = topics.get(topic) ?? new Map<DeviceId, Socket>()
  const before = there.get(device)
  there.set(device, socket)
  topics.set(topic, there)
  return { everybody: there, replaced: before === socket ? undefined : before, isNew: before !== socket }
}

/** Takes a socket out; answers who is left to be told, or undefined if its place was another socket's already. */
export const leaveTopic = <Socket>(
  topics: Topics<Socket>,
  topic: Topic,
  device: DeviceId,
  socket: Socket,
): ReadonlyMap<DeviceId, Socket> | undefined => {
  const there = topics.get(topic)
  if (there?.get(device) !== socket) return undefined
  there.delete(device)
  if (there.size === 0) topics.delete(topic)
  return there
}

/** The socket of `device` in any of `shared`: a signal goes nowhere else (S1). */
export const findPeer = <Socket>(
  topics: Topics<Socket>,
  shared: Iterable<Topic>,
  device: DeviceId,
): Socket | undefined => {
  for (const topic of shared) {
    const peer = topics.get(topic)?.get(device)
    if (peer !== undefined) return peer
  }
  return undefined
}
