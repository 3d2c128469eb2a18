/**
 * An answer that is no success, or no answer.
 *
 * `status` is 0 when no answer came. `code`, `detail` and `traceId` are those of the problem; `problem` has all its members.
 */
export class ApiError extends Error {
	/** @param {{ status: number, code: string, detail: string, traceId?: string, problem?: Record<string, any> }} facts */
	constructor({ status, code, detail, traceId, problem = {} }) {
		super(detail)
		this.name = 'ApiError'
		this.status = status
		this.code = code
		this.detail = detail
		this.traceId = traceId
		this.problem = problem
	}
}

/**
 * The error that a problem (RFC 9457) tells, or an answer of something before the service.
 *
 * @param {Response} response
 * @returns {Promise<ApiError>}
 */
export async function readProblem(response) {
	const problem = await response.json().catch(() => ({}))
	return new ApiError({
		status: response.status,
		code: typeof problem.code === 'string' ? problem.code : `HTTP_${response.status}`,
		detail: problem.detail ?? problem.title ?? `The service answered with status ${response.status}.`,
		traceId: problem.traceId,
		problem,
	})
}

/**
 * The places of a request that are at fault: the field as the API names it, and a sentence about it.
 *
 * @param {ApiError} error
 * @returns {{ field: string, text: string }[]}
 */
export function faultsOf({ problem }) {
	/** @type {{ pointer?: string, parameter?: string, detail?: string }[]} */
	const errors = Array.isArray(problem['errors']) ? problem['errors'] : []
	return errors.map(({ pointer = '', parameter, detail = '' }) => ({
		field: parameter ?? pointer.replace(/^#?\//, '').replaceAll('/', ' '),
		text: detail,
	}))
}

/**
 * An error as one text, for a place with one line.
 *
 * @param {ApiError} error
 */
export function textOf(error) {
	const places = faultsOf(error)
		.slice(0, 3)
		.map(({ field, text }) => `${field} ${text}`.trim())
	return places.length === 0 ? error.detail : `${error.detail.replace(/\.$/, '')}: ${places.join('; ')}`
}

/**
 * Whether the request may have been carried out: its answer was lost, or tells of trouble.
 *
 * @param {unknown} error
 */
export function isOutcomeUnknown(error) {
	return !(error instanceof ApiError) || error.status === 0 || error.status >= 500
}

/**
 * @param {unknown} cause
 * @param {string} [service] whom the page has asked
 */
export function unreachable(cause, service = 'order service') {
	const error = new ApiError({
		status: 0,
		code: 'UNREACHABLE',
		detail: `The ${service} cannot be reached. It may be down, or the network is.`,
	})
	error.cause = cause
	return error
}
