import type { Database } from '@mercat/database/database'
import type { StaffApiNeeds } from './staff-api.ts'
import type { Adapters } from './wiring.ts'

export type WireStaffApiNeeds = {
	database: Database
	adapters: Adapters
	/** Signs page tokens. */
	databaseKey: string
}

/** The parts behind the routes for staff. */
export function wireStaffApi({ adapters: { catalog } }: WireStaffApiNeeds): StaffApiNeeds {
	return {
		reservations: { getReservation: catalog.getReservation },
		stock: {
			getStock: catalog.getStock,
			listStockMovements: catalog.listStockMovements,
			adjustStock: catalog.adjustStock,
			setStock: catalog.setStock,
		},
	}
}
