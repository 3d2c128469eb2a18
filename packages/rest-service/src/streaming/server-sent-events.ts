// Server-sent events as the HTML standard has them, section 9.2.

export type ServerSentEvent = {
	/** Where a client goes on that comes back. Left out in a stream without positions. */
	id?: string | number
	type: string
	/** Has no line break. */
	data: string
}

const reconnectMs = 1_000

export function eventFrame({ id, type, data }: ServerSentEvent): string {
	return `${idLine(id)}event: ${type}\ndata: ${data}\n\n`
}

/** The beginning of a stream. A client that loses the stream before its first event comes back to the same id. */
export function openingFrame(id?: string | number): string {
	return `retry: ${reconnectMs}\n${idLine(id)}\n`
}

/** A comment, with the id up to which the reader has everything. Without data it is no event. */
export function commentFrame(comment: string, id?: string | number): string {
	return `: ${comment}\n${idLine(id)}\n`
}

const idLine = (id: string | number | undefined): string => (id === undefined ? '' : `id: ${id}\n`)
