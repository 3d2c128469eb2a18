import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import type { ExplainNeeds } from './explaining/explain.ts'
import { explainRoutes } from './explaining/explain-routes.ts'
import { type FeedsRoutesNeeds, feedsRoutes } from './feeds/feeds-routes.ts'
import { type HeldPricesRoutesNeeds, heldPricesRoutes } from './feeds/held-prices-routes.ts'
import { type PriceLimitsRoutesNeeds, priceLimitsRoutes } from './feeds/price-limits-routes.ts'
import { type OutboxRoutesNeeds, outboxRoutes } from './outbox/outbox-routes.ts'
import { type ReservationRoutesNeeds, reservationRoutes } from './reading/reservation-routes.ts'
import { type OrderEventsRoutesNeeds, orderEventsRoutes } from './record/order-events-routes.ts'
import { type RefusalsRoutesNeeds, refusalsRoutes } from './refusals/refusals-routes.ts'
import { type StatusRoutesNeeds, statusRoutes } from './status/status-routes.ts'
import { type StockRoutesNeeds, stockRoutes } from './stock/stock-routes.ts'

/** What the routes for staff need, by capability. */
export type StaffApiNeeds = {
	refusals: RefusalsRoutesNeeds
	explaining: ExplainNeeds
	orderEvents: OrderEventsRoutesNeeds
	outbox: OutboxRoutesNeeds
	reservations: ReservationRoutesNeeds
	stock: StockRoutesNeeds
	feeds: FeedsRoutesNeeds & HeldPricesRoutesNeeds & PriceLimitsRoutesNeeds
	status: StatusRoutesNeeds
}

/**
 * The routes for staff, which the console and other tools of operators use, for a scope that requires a sign-in. Each needs a
 * scope that customers do not have.
 */
export function staffApi(app: FastifyTypeBox, needs: StaffApiNeeds): void {
	statusRoutes(app, needs.status)
	refusalsRoutes(app, needs.refusals)
	explainRoutes(app, needs.explaining)
	orderEventsRoutes(app, needs.orderEvents)
	outboxRoutes(app, needs.outbox)
	reservationRoutes(app, needs.reservations)
	stockRoutes(app, needs.stock)
	feedsRoutes(app, needs.feeds)
	heldPricesRoutes(app, needs.feeds)
	priceLimitsRoutes(app, needs.feeds)
}
