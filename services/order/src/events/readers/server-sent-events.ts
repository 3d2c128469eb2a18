import type { LoggedEvent } from '../logged-event.ts'

// Server-sent events as the HTML standard has them, section 9.2.

const reconnectMs = 1_000

/** An event of the log. Its JSON has no line break. */
export function eventFrame({ position, type, text }: LoggedEvent): string {
	return `id: ${position}\nevent: ${type}\ndata: ${text}\n\n`
}

/** The beginning of a stream. A client that loses the stream before its first event comes back to the same position. */
export function openingFrame(position: number): string {
	return `retry: ${reconnectMs}\nid: ${position}\n\n`
}

/** A comment with the position through which the log was read. Without data it is no event. */
export function positionFrame(position: number, comment: string): string {
	return `: ${comment}\nid: ${position}\n\n`
}
