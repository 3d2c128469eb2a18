import { retryAfterMs } from '@mercat/service/retry-after'
import type { KnownProblem } from '../generated/problems.gen.ts'
import type { Problem } from '../generated/types.gen.ts'

export type ProblemCode = KnownProblem['code']

/** The problem of a code, with the members that only it has. */
export type ProblemOf<Code extends ProblemCode> = Extract<KnownProblem, { code: Code }>

/**
 * The service has refused a request, or could not serve it. It has every member of the problem, and {@link isProblem} tells
 * the members of a code. An answer that is no problem, as of a proxy, has the code `UNKNOWN`.
 */
export class ProblemError extends Error {
	override name = 'ProblemError'
	/** The texts may change: decide by the code. */
	readonly code!: string
	readonly status!: number
	readonly type!: string
	readonly title!: string
	readonly detail!: string
	/** The path and the query of the request. */
	readonly instance!: string
	/** Finds the request in the log of the service. */
	readonly traceId!: string
	/** How long the service asks to wait before another attempt; 0 when it does not ask. */
	readonly retryAfterMs: number

	constructor(problem: Problem, waitMs = 0) {
		super(`${problem.code}: ${problem.detail}`)
		Object.assign(this, problem)
		this.retryAfterMs = waitMs
	}
}

/** Whether an error is a problem, with one of the codes if any are given. */
export function isProblem<Code extends ProblemCode = ProblemCode>(
	error: unknown,
	...codes: Code[]
): error is ProblemError & ProblemOf<Code> {
	if (!(error instanceof ProblemError)) return false
	return codes.length === 0 || codes.some((code) => code === error.code)
}

/**
 * The error for an answer that is no success.
 *
 * @param body as JSON, or as text if it is none
 */
export function problemError(body: unknown, response: Response, request: Pick<Request, 'url'>): ProblemError {
	const waitMs = retryAfterMs(response.headers.get('retry-after') ?? undefined, Date.now())
	return new ProblemError(isProblemBody(body) ? body : strangeProblem(body, response, request), waitMs)
}

function isProblemBody(body: unknown): body is Problem {
	return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string'
}

const longestDetail = 200

function strangeProblem(body: unknown, { status, statusText }: Response, request: Pick<Request, 'url'>): Problem {
	const { pathname, search } = new URL(request.url)
	const text = typeof body === 'string' ? body : JSON.stringify(body)
	return {
		type: 'about:blank',
		title: statusText === '' ? `HTTP ${status}` : statusText,
		status,
		detail: `answered with ${status} and no problem: ${text.slice(0, longestDetail)}`,
		instance: pathname + search,
		code: 'UNKNOWN',
		traceId: '',
	}
}
