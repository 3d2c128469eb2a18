import type { StockMovement as StockMovementMessage } from '@mercat/catalog-api/messages/StockMovement'
import type { StockMovementKind__Output } from '@mercat/catalog-api/messages/StockMovementKind'
import { toTimestamp } from '@mercat/catalog-api/timestamps'

/** A change of the quantity on hand, as the ledger has it. */
export type Movement = {
	kind: 'set' | 'adjust' | 'commit' | 'return'
	/** The request id of a set or adjust, the order's id of a commit or return. */
	cause: string
	delta: number
	reason: string
	/** The subject of the caller. Null for a movement from before the ledger kept it. */
	who: string | null
	createdAt: Date
	/** The same time, exact to the microsecond. */
	moment: string
}

const kindMessages: Record<Movement['kind'], StockMovementKind__Output> = {
	set: 'STOCK_MOVEMENT_KIND_SET',
	adjust: 'STOCK_MOVEMENT_KIND_ADJUST',
	commit: 'STOCK_MOVEMENT_KIND_COMMIT',
	return: 'STOCK_MOVEMENT_KIND_RETURN',
}

export function toMovementMessage({ kind, cause, delta, reason, who, createdAt }: Movement): StockMovementMessage {
	return {
		kind: kindMessages[kind],
		delta,
		cause,
		orderId: kind === 'commit' || kind === 'return' ? cause : '',
		reason,
		who: who ?? '',
		createTime: toTimestamp(createdAt),
	}
}
