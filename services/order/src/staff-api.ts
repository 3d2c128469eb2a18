import type { FastifyTypeBox } from './http/fastify-typebox.ts'
import { type StatusRoutesNeeds, statusRoutes } from './status/status-routes.ts'

/** What the routes for staff need, by capability. */
export type StaffApiNeeds = { status: StatusRoutesNeeds }

/**
 * The routes for staff, which the console and other tools of operators use, for a scope that requires a sign-in. Each needs a
 * scope that customers do not have.
 */
export function staffApi(app: FastifyTypeBox, needs: StaffApiNeeds): void {
	statusRoutes(app, needs.status)
}
