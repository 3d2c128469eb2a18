import { CallError, type CallErrorKind, type CallErrorOptions } from '@mercat/grpc-service/call-error'

/** What callers of the catalog can be told besides the reasons of every service. The reason is the API. */
export const catalogErrors = {
	PRODUCT_NOT_FOUND: { status: 'NOT_FOUND', text: 'no such product' },
	PRODUCT_EXISTS: { status: 'ALREADY_EXISTS', text: 'a product with this sku exists' },
	ETAG_MISMATCH: { status: 'ABORTED', text: 'the product has changed since it was read' },
	STOCK_HELD: { status: 'FAILED_PRECONDITION', text: 'the stock cannot go below what is held' },
	FEED_NOT_FOUND: { status: 'NOT_FOUND', text: 'no such feed' },
	FEED_RUN_ACTIVE: { status: 'ABORTED', text: 'another run of this feed is under way' },
	FEED_RUN_ENDED: { status: 'ABORTED', text: 'the run has ended, or another one has begun' },
	HOLD_NOT_FOUND: { status: 'NOT_FOUND', text: 'no such held price' },
	HOLD_CHANGED: { status: 'ABORTED', text: 'the held price has changed since it was read, or is no longer held' },
	RESUME_TOKEN_EXPIRED: { status: 'OUT_OF_RANGE', text: 'changes after the resume token are no longer known' },
} as const satisfies Record<string, CallErrorKind>

export type CatalogReason = keyof typeof catalogErrors

/** An error for a reason that only the catalog has. */
export class CatalogError extends CallError {
	override name = 'CatalogError'

	constructor(reason: CatalogReason, options?: CallErrorOptions) {
		super(reason, catalogErrors[reason], options)
	}
}

/** The error for skus that no product has. It names each of them once. */
export function productNotFound(skus: readonly string[]): CatalogError {
	return new CatalogError('PRODUCT_NOT_FOUND', { metadata: { skus: [...new Set(skus)].join(',') } })
}
