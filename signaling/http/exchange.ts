import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Whereabouts } from './whereabouts.ts'

/** One request and its answer, with what has been made of the request so far. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  /** The path as it was sent, without the query. Routes compare it whole, so nothing needs decoding. */
  path: string
  where: Whereabouts
}

export const answerEmpty = (
  { response }: Exchange,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, { 'Cache-Control': 'no-store', 'Content-Length': 0, ...headers })
  response.end()
}

export const answerText = ({ response }: Exchange, status: number, text: string): void => {
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  })
  response.end(text)
}

export const answerJson = (
  { response }: Exchange,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): void => {
  const text = JSON.stringify(value)
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    ...headers,
  })
  response.end(text)
}
