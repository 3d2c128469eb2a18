import { CallError, type CallErrorKind, type CallErrorOptions } from '@mercat/grpc-service/call-error'

/** What callers of the market can be told over gRPC besides the reasons of every service. The reason is the API. */
export const marketErrors = {
	PRODUCT_NOT_FOUND: { status: 'NOT_FOUND', text: 'no such product' },
} as const satisfies Record<string, CallErrorKind>

export type MarketReason = keyof typeof marketErrors

/** An error for a reason that only some services have. */
export class MarketError extends CallError {
	override name = 'MarketError'

	constructor(reason: MarketReason, options?: CallErrorOptions) {
		super(reason, marketErrors[reason], options)
	}
}
