import type { ListStockMovementsRequest__Output } from '@mercat/catalog-api/messages/ListStockMovementsRequest'
import type { ListStockMovementsResponse } from '@mercat/catalog-api/messages/ListStockMovementsResponse'
import { openPage } from '@mercat/grpc-service/open-page'
import { checkSku } from '@mercat/grpc-service/skus'
import type { Budget } from '@mercat/service/budget'
import type { PageTokens } from '@mercat/service/page-token'
import { productNotFound } from '../errors/catalog-error.ts'
import { type Movement, toMovementMessage } from './movement.ts'
import type { StockLevel } from './stock-level.ts'

/** Where a page of movements ended: its last movement. */
export type MovementCursor = Pick<Movement, 'moment' | 'kind' | 'cause'> & {
	/** Whether it is from before the ledger kept who made a movement. All such movements come after the others. */
	isEarliest: boolean
}

export type MovementsPage = {
	sku: string
	/** The page begins after this movement. Undefined begins at the newest movement. */
	after: MovementCursor | undefined
	size: number
}

export type ListStockMovementsNeeds = {
	pageTokens: PageTokens<MovementCursor>
	/** The newest first. */
	listMovements(page: MovementsPage, budget: Budget): Promise<Movement[]>
	/** The levels of the products that exist, by sku. */
	findLevels(skus: string[], budget: Budget): Promise<Map<string, StockLevel>>
}

/** One page of the ledger of a product, the newest movement first. */
export function listStockMovements({ pageTokens, listMovements, findLevels }: ListStockMovementsNeeds) {
	return async (request: ListStockMovementsRequest__Output, budget: Budget): Promise<ListStockMovementsResponse> => {
		const { sku } = request
		checkSku(sku)
		const page = openPage(request, { pageTokens, of: ['stock movements', sku] })
		const found = await listMovements({ sku, after: page.after, size: page.readSize }, budget)
		// A product without movements is rare, so only then a statement asks whether it exists.
		if (found.length === 0 && !(await findLevels([sku], budget)).has(sku)) throw productNotFound([sku])
		const { items, nextPageToken } = page.cut(found, positionOf)
		return { movements: items.map(toMovementMessage), nextPageToken }
	}
}

function positionOf({ moment, kind, cause, who }: Movement): MovementCursor {
	return { moment, kind, cause, isEarliest: who === null }
}
