import type { Writable } from 'node:stream'
import type pg from 'pg'

/**
 * Holds back what the connection sends until the current callback is over, so that statements that are sent together
 * take one write to the socket. PGlite has no socket and nothing to hold back.
 */
export function holdBackWrites(client: pg.PoolClient): void {
	const { stream } = (client as unknown as { connection: { stream: Partial<Writable> } }).connection
	stream.cork?.()
	process.nextTick(() => stream.uncork?.())
}
