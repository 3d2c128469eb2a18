import { sharedSchemas } from '@mercat/order-api/shared-schemas'
import { buildRestApp } from '@mercat/rest-service/build-rest-app'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import type { Logger } from '@mercat/service/log'
import type { TaskQueue } from '@mercat/service/task-queue'
import type { TokenRules } from '@mercat/service/tokens'
import type { OrderConfig } from './config.ts'
import { type ConsoleRoutesNeeds, consoleRoutes } from './console/console-routes.ts'
import { type EventsRoutesNeeds, eventsRoutes } from './events/readers/events-routes.ts'
import { orderResource } from './http/order-resource.ts'
import { staffScope } from './http/staff.ts'
import { noteUnchangedRequests, type UnchangedRequest } from './http/unchanged-request.ts'
import { orderDescription } from './openapi/order-description.ts'
import type { PlaceOrderNeeds } from './placing/place-order.ts'
import { placingRoutes } from './placing/placing-routes.ts'
import { type ProductChangesRoutesNeeds, productChangesRoutes } from './product-changes/product-changes-routes.ts'
import { type ProductsRoutesNeeds, productsRoutes } from './products/products-routes.ts'
import { type ReadingRoutesNeeds, readingRoutes } from './reading/reading-routes.ts'
import { type StaffApiNeeds, staffApi } from './staff-api.ts'
import type { TransitionOrderNeeds } from './transitions/transition-order.ts'
import { transitionsRoutes } from './transitions/transitions-routes.ts'
import { deliveriesRoutes } from './webhooks/managing/deliveries-routes.ts'
import type { ManageDeliveriesNeeds } from './webhooks/managing/manage-deliveries.ts'
import { type WebhooksRoutesNeeds, webhooksRoutes } from './webhooks/managing/webhooks-routes.ts'

export type AppNeeds = {
	config: Pick<OrderConfig, 'requestBudgetMs' | 'rateLimit' | 'trustProxy' | 'corsOrigins' | 'requestLog'>
	log: Logger
	tokenRules: TokenRules
	/** The name of a customer in logs and spans. */
	customerPseudonym(customer: string): string
	/** Is told of each request that should place or change an order and has not. */
	noteUnchanged(request: UnchangedRequest): void
	/** The queue in which requests wait to be handled. */
	inTurn: TaskQueue
	placing: PlaceOrderNeeds
	reading: ReadingRoutesNeeds
	transitions: TransitionOrderNeeds
	webhooks: WebhooksRoutesNeeds & ManageDeliveriesNeeds
	products: ProductsRoutesNeeds
	productChanges: ProductChangesRoutesNeeds
	events: EventsRoutesNeeds
	staff: StaffApiNeeds
	/** Left out when the service has no console. */
	console?: ConsoleRoutesNeeds
	/** Whether orders can be placed: the database can be written, the catalog is serving, and no shutdown was announced. */
	isReady(): Promise<boolean>
	/** Whether a shutdown was announced. */
	isDraining(): boolean
}

const streamPaths = ['/v1/events', '/v1/status/stream', '/v1/product-changes']

/** Builds the REST API, which can then listen or take injected requests. */
export async function buildApp({
	config,
	placing,
	reading,
	transitions,
	webhooks,
	products,
	productChanges,
	events,
	staff,
	console,
	noteUnchanged,
	...needs
}: AppNeeds): Promise<FastifyTypeBox> {
	const app = await buildRestApp(
		{
			...needs,
			noteAnswer: noteUnchangedRequests(noteUnchanged),
			routes: {
				open(open) {
					productsRoutes(open, products)
					productChangesRoutes(open, productChanges)
				},
				signedIn(signedIn) {
					placingRoutes(signedIn, placing)
					readingRoutes(signedIn, reading)
					transitionsRoutes(signedIn, transitions)
					eventsRoutes(signedIn, events)
					webhooksRoutes(signedIn, webhooks)
					deliveriesRoutes(signedIn, webhooks)
					staffApi(signedIn, staff)
				},
				pages(documented) {
					if (console !== undefined) consoleRoutes(documented, console)
				},
			},
		},
		{
			config,
			api: orderDescription,
			sharedSchemas,
			resource: orderResource,
			trustedScope: staffScope,
			streamPaths,
		},
	)
	app.addHook('preClose', (done) => {
		events.streams.endAll()
		done()
	})
	return app
}
