import type { KeptRequest } from '../refusals/kept-request.ts'
import { timeText } from './phrases.ts'
import { reasonOf } from './refusal-reason.ts'

const leastFailure = 500

/** What became of a refused request, why, and what to do. */
export function refusalSentence(record: KeptRequest): string {
	const { what, todo } = reasonOf(record)
	return `${beginning(record)}: ${record.code}. ${what} ${todo}`
}

function beginning({ operation, status, at }: KeptRequest): string {
	const outcome = status >= leastFailure ? 'failed' : 'refused'
	if (operation === 'place') return `${outcome === 'failed' ? 'Failed' : 'Refused'} on ${timeText(at)}`
	const was = outcome === 'failed' ? 'failed' : 'was refused'
	return `The request to ${operation} the order ${was} on ${timeText(at)}`
}
