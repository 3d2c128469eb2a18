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
		detail: detailOf(problem) ?? `The service answered with status ${response.status}.`,
		traceId: problem.traceId,
		problem,
	})
}

/**
 * What a problem says, with the first places at fault.
 *
 * @param {Record<string, any>} problem
 * @returns {string | undefined}
 */
function detailOf({ detail, title, errors = [] }) {
	/** @type {{ pointer?: string, parameter?: string, detail: string }[]} */
	const places = errors.slice(0, 3)
	const texts = places.map((place) =>
		`${place.pointer?.replace(/^#\//, '') ?? place.parameter ?? ''} ${place.detail}`.trim(),
	)
	if (texts.length === 0) return detail ?? title
	return `${detail ?? title}: ${texts.join('; ')}`.replace('.:', ':')
}

/** @param {unknown} cause */
export function unreachable(cause) {
	const error = new ApiError({
		status: 0,
		code: 'UNREACHABLE',
		detail: 'The order service cannot be reached. It may be down, or the network is.',
	})
	error.cause = cause
	return error
}
