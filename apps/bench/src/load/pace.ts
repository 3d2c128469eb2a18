/**
 * Sends one request and calls `done` at its response.
 *
 * @param dueAt the time at which the request was due, on the clock of `performance.now()`; its latency counts from here
 */
export type Send = (dueAt: number, done: () => void) => void

/** How fast requests are sent, and when sending ends. */
export type Pace = { clients: number; seconds: number } | { clients: number; requests: number } | OpenPace

type OpenPace = { ratePerSecond: number; seconds: number }

/**
 * Sends requests at a pace, and resolves when the pace has ended and all requests have their response.
 *
 * @param hasRoom whether one more request can be sent now; used only with a constant rate
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

/** Every client sends its next request at the response to its last one, while `goesOn` returns true. */
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
 * Sends requests at a constant rate, even if earlier requests have no response yet. The latency of a request counts
 * from the time it was due, so the delay that a slow server causes for later requests is measured, too.
 *
 * @param hasRoom whether one more request can be sent now; requests that could not be sent by the end are dropped
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
