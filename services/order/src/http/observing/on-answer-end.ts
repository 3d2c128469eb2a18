import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

const waiting = new WeakMap<Socket, Set<() => void>>()

/** Calls `ended` once: when the answer has ended, or its connection before it. */
export function onAnswerEnd({ socket }: IncomingMessage, response: ServerResponse, ended: () => void): void {
	if (response.socket !== null) {
		response.once('close', ended)
		return
	}
	// An answer that waits behind others of its connection gets no `close` when the connection ends.
	const all = waitingOn(socket)
	all.add(ended)
	response.once('close', () => {
		if (all.delete(ended)) ended()
	})
}

function waitingOn(socket: Socket): Set<() => void> {
	const known = waiting.get(socket)
	if (known !== undefined) return known
	const all = new Set<() => void>()
	waiting.set(socket, all)
	socket.once('close', () => {
		for (const ended of all) ended()
		all.clear()
	})
	return all
}
