import type { Database } from '@mercat/database/database'
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
export function wireStaffApi({ status }: WireStaffApiNeeds): StaffApiNeeds {
	return { status }
}
