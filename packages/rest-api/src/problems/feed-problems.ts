import type { ProblemKind } from './problem-kind.ts'

/** Problems of reading feeds, and of deciding about held prices. */
export const feedProblems = {
	FEED_NOT_FOUND: {
		status: 404,
		title: 'No such feed',
		meaning: 'No feed has this name: no run of it has begun yet.',
		remedy: 'List the feeds, or run it with `mercat feeds sync`.',
	},
	HOLD_NOT_FOUND: {
		status: 404,
		title: 'No such held price',
		meaning: 'No price was ever held under this id.',
		remedy: 'List the held prices.',
	},
	HOLD_CHANGED: {
		status: 409,
		title: 'The held price has changed',
		meaning:
			'The held price is no longer the price of the request, or it was decided or withdrawn or has ended meanwhile; nothing was changed. `state` is the state of the hold now.',
		remedy: 'List the held prices, and decide anew.',
	},
} as const satisfies Record<string, ProblemKind>
