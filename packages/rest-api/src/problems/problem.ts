import type { ProblemKind } from './problem-kind.ts'
import { type ProblemCode, problemTable } from './problem-table.ts'

/** A place in a request, as a JSON pointer (RFC 6901). For a place in the query also the name of its parameter. */
export type ErrorPlace = { pointer: string; parameter?: string | undefined }

/** An entry of a problem's `errors`: the place, the rule that it breaks, and a text. */
export type FieldError = ErrorPlace & { code: string; detail: string }

/** The place of a parameter of the query. */
export function parameterPlace(parameter: string): ErrorPlace {
	return { pointer: `#/${parameter}`, parameter }
}

/** Members of a problem beyond the members that every problem has (RFC 9457, section 3.2). */
export type ProblemExtensions = Record<string, unknown>

export type ProblemOptions = {
	cause?: unknown
	/** In place of the meaning from the table. */
	detail?: string
	/** In place of the seconds from the table. */
	retryAfterS?: number
}

/** An error that the client is told about, with its entry in {@link problemTable}. */
export class Problem extends Error {
	override name = 'Problem'
	readonly code: ProblemCode
	readonly extensions: ProblemExtensions
	/** After how many seconds the client may repeat the request; undefined where the answer does not say it. */
	readonly retryAfterS: number | undefined

	constructor(
		code: ProblemCode,
		extensions: ProblemExtensions = {},
		{ cause, detail, retryAfterS }: ProblemOptions = {},
	) {
		super(detail ?? problemTable[code].meaning, { cause })
		this.code = code
		this.extensions = extensions
		this.retryAfterS = retryAfterS ?? (problemTable[code] as ProblemKind).retryAfterS
	}
}

/** Whether an error is an answer to the request, and not a failure to answer it. */
export function isRefusal(error: unknown): boolean {
	return error instanceof Problem && problemTable[error.code].status < 500
}
