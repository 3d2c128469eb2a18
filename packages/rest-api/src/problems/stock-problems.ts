import type { ProblemKind } from './problem-kind.ts'

/** Problems of changing the stock of a product. */
export const stockProblems = {
	STOCK_HELD: {
		status: 409,
		title: 'Orders hold more than that',
		meaning: 'The quantity on hand would fall below `held`, the quantity that orders hold; nothing was changed.',
		remedy: 'Leave at least `held` pieces on hand. Cancel orders to free more.',
	},
} as const satisfies Record<string, ProblemKind>
