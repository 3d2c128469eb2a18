import { readTraceparent, traceIdOf } from '@mercat/service/trace-context'
import type { Order } from './order.ts'

/** The trace of the request that placed the order. Undefined for an order of an earlier version. */
export function traceIdOfPlacing({ history }: Order): string | undefined {
	return traceIdOfTraceparent(history[0]?.traceparent)
}

export function traceIdOfTraceparent(traceparent: string | null | undefined): string | undefined {
	return traceIdOf(readTraceparent(traceparent ?? undefined))
}
