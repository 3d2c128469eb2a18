/**
 * Sends one request and calls `done` when it was answered.
 *
 * @param dueAt since when the answer is waited for, on the clock of `performance.now()`
 */
export type Send = (dueAt: number, done: () => void) => void

/** How fast requests come, and when that ends. */
export type Pace = { clients: number; seconds: number } | { clients: number; requests: number } | OpenPace

type OpenPace = { ratePerSecond: number; seconds: number }

/**
 * Sends requests at a pace until it ends and all are answered.
 *
 * @param hasRoom whether one more can be sent now, where they come at a rate of their own
 */
export function keepPace(send: Send, pace: Pace, hasRoom?: () => boolean): Promise<void> {
	if ('ratePerSecond' in pace) return openLoop(send, pace.ratePerSecond, pace.seconds, hasRoom)
	if ('seconds' in pace) {
		const endsAt = performance.now() + 1000 * pace.seconds
		return closedLoop(send, pace.clients, () => performance.now() < endsAt)
	}
	let left = pace.requests
	return closedLoop(send, pace.clients, () => left-- > 0)
}

/** Every client sends its next request when its last was answered, as long as `goesOn`. */
function closedLoop(send: Send, clients: number, goesOn: () => boolean): Promise<void> {
	return new Promise((resolve) => {
		let active = clients
		const next = () => {
			if (goesOn()) send(performance.now(), next)
			else if (--active === 0) resolve()
		}
		for (let client = 0; client < clients; client++) next()
	})
}

/**
 * Requests arrive at a constant rate, whether earlier ones were answered or not. Each is due at its own
 * moment, and waits from then on: what a slow server makes others wait is measured, too.
 *
 * @param hasRoom whether one more can be sent now; what could not be sent by the end is given up
 */
export function openLoop(
	send: Send,
	ratePerSecond: number,
	seconds: number,
	hasRoom: () => boolean = () => true,
): Promise<void> {
	const total = Math.round(ratePerSecond * seconds)
	const intervalMs = 1000 / ratePerSecond
	const startedAt = performance.now()
	let sent = 0
	let answered = 0
	let isOver = false
	return new Promise((resolve) => {
		const finish = () => {
			if (isOver && answered === sent) resolve()
		}
		const done = () => {
			answered++
			finish()
		}
		const sendDue = () => {
			const now = performance.now()
			for (; sent < total && startedAt + sent * intervalMs <= now && hasRoom(); sent++) {
				send(startedAt + sent * intervalMs, done)
			}
			isOver = sent === total || now >= startedAt + 1000 * seconds
			if (isOver) finish()
			else setTimeout(sendDue, 1)
		}
		sendDue()
	})
}
