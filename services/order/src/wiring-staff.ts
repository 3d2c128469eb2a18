import type { Database } from '@mercat/database/database'
import { createPageTokens } from '@mercat/service/page-token'
import { createOrderRecordStore } from './audit/order-record-store.ts'
import { createExplainStore } from './explaining/explain-store.ts'
import { createKeptRequestStore } from './refusals/kept-request-store.ts'
import type { RefusalPosition } from './refusals/list-refusals.ts'
import type { StaffApiNeeds } from './staff-api.ts'
import type { Adapters } from './wiring.ts'

export type WireStaffApiNeeds = {
	database: Database
	adapters: Adapters
	/** Signs page tokens. */
	databaseKey: string
	status: StaffApiNeeds['status']
}

/** The parts behind the routes for staff. */
export function wireStaffApi({
	database,
	databaseKey,
	adapters: { catalog },
	status,
}: WireStaffApiNeeds): StaffApiNeeds {
	const keptRequestStore = createKeptRequestStore(database)
	return {
		status,
		refusals: { ...keptRequestStore, refusalPageTokens: createPageTokens<RefusalPosition>(databaseKey) },
		explaining: {
			...keptRequestStore,
			...createExplainStore(database),
			findRecord: createOrderRecordStore(database).findRecord,
			getReservation: catalog.getReservation,
		},
		reservations: { getReservation: catalog.getReservation },
		stock: {
			getStock: catalog.getStock,
			listStockMovements: catalog.listStockMovements,
			adjustStock: catalog.adjustStock,
			setStock: catalog.setStock,
		},
	}
}
