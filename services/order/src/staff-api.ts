import type { FastifyTypeBox } from './http/fastify-typebox.ts'

/** What the routes for staff need, by capability. */
export type StaffApiNeeds = Record<never, never>

/**
 * The routes for staff, which the console and other tools of operators use, for a scope that requires a sign-in. Each needs a
 * scope that customers do not have.
 */
export function staffApi(_app: FastifyTypeBox, _needs: StaffApiNeeds): void {}
