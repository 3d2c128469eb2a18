import type { Socket } from 'node:net'

const sweepMs = 50
// As long as a request may take after it is read. An idle connection is closed much later.
const longMs = 2_000

export type TurnsOptions = {
	/** How many connections may be read now: the room for their requests. */
	room(): number
	/** How many connections that have waited for long are read in a second without room, so that they get a refusal. */
	overduePerSecond: number
	/** Whether the service shuts down. Then every connection is read at once. */
	isDraining(): boolean
}

/**
 * Connections that wait to be read. They are read in the order in which they began to wait, as many as there is room for.
 */
export function createTurns({ room, overduePerSecond, isDraining }: TurnsOptions) {
	/** Since when each connection waits, the longest waiting first. */
	const waiting = new Map<Socket, number>()
	let isReadDue = false
	let isSweepDue = false

	function read(most: number, waitingSince = Number.POSITIVE_INFINITY): void {
		let left = most
		for (const [socket, since] of waiting) {
			if (left <= 0 || since > waitingSince) break
			waiting.delete(socket)
			socket.resume()
			if (!socket.destroyed) left--
		}
	}

	// Once in each turn of the event loop, when the requests of the connections read in the last turn have arrived.
	function readSoon(): void {
		if (isReadDue) return
		isReadDue = true
		setImmediate(() => {
			isReadDue = false
			read(isDraining() ? waiting.size : room())
		})
	}

	function sweep(): void {
		isSweepDue = false
		readSoon()
		read((overduePerSecond * sweepMs) / 1_000, performance.now() - longMs)
		sweepSoon()
	}

	function sweepSoon(): void {
		if (isSweepDue || waiting.size === 0) return
		isSweepDue = true
		setTimeout(sweep, sweepMs).unref()
	}

	return {
		/** Whether any connection waits. */
		areTaken: () => waiting.size > 0,

		/** Stops reading the connection until its turn. */
		waitFor(socket: Socket): void {
			if (socket.destroyed || isDraining() || waiting.has(socket)) return
			socket.pause()
			waiting.set(socket, performance.now())
			sweepSoon()
		},

		/** Reads waiting connections soon, because there may be room. */
		readSoon,
	}
}
