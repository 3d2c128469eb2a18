import type { LogEnds } from '@mercat/event-log/log-part'
import { positionPattern } from '@mercat/order-api/event-schemas'
import { type ErrorPlace, Problem } from '@mercat/rest-api/problem'

/**
 * Where a reader begins: with the first event that is left, at the end of the log, or after a position, which the request
 * names at `place`.
 */
export type Start = 'beginning' | 'now' | { after: number; place: ErrorPlace }

/** Events after the position that a reader has reached are deleted. */
export class PositionExpiredError extends Error {
	override name = 'PositionExpiredError'
	/** The position of the first event that is left. */
	readonly first: number

	constructor(first: number) {
		super(`the events before position ${first} are deleted`)
		this.first = first
	}
}

const form = new RegExp(positionPattern)

/**
 * The position that a text names.
 *
 * @param place the place of the text in the request
 * @throws Problem INVALID_REQUEST when the text is no position
 */
export function parsePosition(text: string, place: ErrorPlace): number {
	const position = Number(text)
	if (!form.test(text) || !Number.isSafeInteger(position)) throw positionProblem(place, 'must be a position')
	return position
}

/**
 * The position after which a reader begins.
 *
 * @throws Problem INVALID_REQUEST for a position beyond the end; POSITION_EXPIRED when events after it are deleted
 */
export function resolveStart(start: Start, { first, last }: LogEnds): number {
	if (start === 'beginning') return first - 1
	if (start === 'now') return last
	const { after, place } = start
	if (after > last) throw positionProblem(place, `must not be beyond the last position, which is ${last}`)
	if (after < first - 1) throw expiredProblem(first)
	return after
}

/** The answer to a reader whose events are deleted. */
export function expiredProblem(first: number, cause?: unknown): Problem {
	return new Problem('POSITION_EXPIRED', { first: String(first) }, { cause })
}

function positionProblem(place: ErrorPlace, detail: string): Problem {
	return new Problem('INVALID_REQUEST', { errors: [{ ...place, code: 'position', detail }] })
}
