import type { Database } from '@mercat/database/database'
import { createPageTokens } from '@mercat/service/page-token'
import { createExplainStore } from './explaining/explain-store.ts'
import type { CommandPosition } from './outbox/list-outbox.ts'
import { createOutboxAdminStore } from './outbox/outbox-admin-store.ts'
import { createOrderRecordStore } from './record/order-record-store.ts'
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
	/** Writes the records of refused requests that wait. */
	flushRecords(): Promise<void>
	wakeRelays(): void
}

/** The parts behind the routes for staff. */
export function wireStaffApi(needs: WireStaffApiNeeds): StaffApiNeeds {
	const { database, databaseKey, status, flushRecords, wakeRelays } = needs
	const { catalog } = needs.adapters
	const keptRequestStore = createKeptRequestStore(database)
	const { findRecord } = createOrderRecordStore(database)
	const { listOpenCommands, redriveCommands } = createOutboxAdminStore(database)
	return {
		status,
		refusals: { ...keptRequestStore, refusalPageTokens: createPageTokens<RefusalPosition>(databaseKey, 'refusals') },
		explaining: {
			...keptRequestStore,
			...createExplainStore(database),
			flush: flushRecords,
			findRecord,
			getReservation: catalog.getReservation,
		},
		reservations: { getReservation: catalog.getReservation },
		stock: {
			getStock: catalog.getStock,
			listStockMovements: catalog.listStockMovements,
			adjustStock: catalog.adjustStock,
			setStock: catalog.setStock,
		},
		feeds: {
			listFeeds: catalog.listFeeds,
			listFeedRuns: catalog.listFeedRuns,
			listHeldPrices: catalog.listHeldPrices,
			approveHeldPrice: catalog.approveHeldPrice,
			rejectHeldPrice: catalog.rejectHeldPrice,
			getPriceLimits: catalog.getPriceLimits,
			setPriceLimits: catalog.setPriceLimits,
		},
		orderEvents: { findRecord },
		outbox: {
			listOpenCommands,
			redriveCommands,
			commandPageTokens: createPageTokens<CommandPosition>(databaseKey, 'outbox'),
			wakeRelays,
		},
	}
}
