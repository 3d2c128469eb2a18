import type { Socket } from 'node:net'

const sweepMs = 50
// As long as a request may take once it is read. A connection on which nothing happens is closed much later.
const longMs = 2_000

export type TurnsOptions = {
	/** How many connections may be read now because there is room for what they bring. */
	room(): number
	/** How many of those who have waited for long are read in a second all the same, to be told that there is none. */
	overduePerSecond: number
	/** Whether the service shuts down, which leaves no time for turns. */
	isDraining(): boolean
}

/** Connections that are not read until it is their turn: as many at a time as there is room for what they may bring. */
export function createTurns({ room, overduePerSecond, isDraining }: TurnsOptions) {
	/** Since when each waits. Who has waited longest comes first. */
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

	// Once in each turn of the event loop, when it is known what those have brought who were read in the turn before.
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
		/** Whether anyone waits. */
		areTaken: () => waiting.size > 0,

		/** Reads no more of the connection until it is its turn. */
		waitFor(socket: Socket): void {
			if (socket.destroyed || isDraining() || waiting.has(socket)) return
			socket.pause()
			waiting.set(socket, performance.now())
			sweepSoon()
		},

		/** There may be room now. */
		readSoon,
	}
}
