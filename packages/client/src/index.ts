// Callers outside of this repository get the package through this one module.
export { newIdempotencyKey } from './calling/idempotency-key.ts'
export { pagesOf } from './calling/pages-of.ts'
export type { Retry } from './calling/retrying-fetch.ts'
export { createMercat, type MercatOptions } from './create-mercat.ts'
export {
	type EventFollower,
	type FollowEventsOptions,
	type FollowedEvent,
	followEvents,
} from './following/follow-events.ts'
export {
	type ProductChange,
	type ProductMessage,
	type WatchProductsOptions,
	watchProducts,
} from './following/watch-products.ts'
export { type WatchStatusOptions, watchStatus } from './following/watch-status.ts'
export type { Client } from './generated/client/index.ts'
export * from './generated/index.ts'
export { NoAnswerError } from './problems/no-answer-error.ts'
export { isProblem, type ProblemCode, ProblemError, type ProblemOf } from './problems/problem-error.ts'
