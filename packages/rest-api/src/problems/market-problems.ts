import type { ProblemKind } from './problem-kind.ts'

/** Problems of the market service. */
export const marketProblems = {
	ANALYSIS_NOT_FOUND: {
		status: 404,
		title: 'No such analysis',
		meaning: 'No analysis has this id. It may be deleted.',
		remedy: 'List the analyses with `GET /v1/analyses`.',
	},
	TOO_MANY_ANALYSES: {
		status: 429,
		title: 'Too many analyses',
		meaning: 'As many analyses wait as the service permits; none was begun.',
		remedy: 'Cancel one, or wait for the time in `Retry-After`.',
		retryAfterS: 5,
	},
} as const satisfies Record<string, ProblemKind>
