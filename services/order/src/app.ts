import { createServer } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { sharedSchemas } from '@mercat/order-api/shared-schemas'
import type { Budget } from '@mercat/service/budget'
import type { Logger } from '@mercat/service/log'
import type { TaskQueue } from '@mercat/service/task-queue'
import { fastify } from 'fastify'
import type { OrderConfig } from './config.ts'
import { type ConsoleRoutesNeeds, consoleRoutes } from './console/console-routes.ts'
import { type EventsRoutesNeeds, eventsRoutes } from './events/readers/events-routes.ts'
import { createAdmission } from './http/admission.ts'
import { registerTokens, requireSignIn } from './http/authenticate.ts'
import { registerCors } from './http/cors.ts'
import type { FastifyTypeBox } from './http/fastify-typebox.ts'
import { registerJsonBodies } from './http/json-body.ts'
import { collectMethods } from './http/method-not-allowed.ts'
import { keepQuiet, observeRequests } from './http/observing/observe-requests.ts'
import type { UnchangedRequest } from './http/observing/unchanged-request.ts'
import { createLoadShedding } from './http/overload/load-shedding.ts'
import { answerNotFound, createErrorHandling } from './http/problems/problem-handler.ts'
import { answerClientError } from './http/problems/raw-problems.ts'
import { addressKey, createRateLimit } from './http/rate-limit.ts'
import { refuseEmptyParameters, registerRequestRules, requireOneHost } from './http/request-rules.ts'
import { registerSecurityHeaders } from './http/security-headers.ts'
import { serializerCompiler } from './http/serialization.ts'
import { validatorCompiler } from './http/validation.ts'
import { docsRoutes, registerOpenApi } from './operations/docs.ts'
import { type OperationsRoutesNeeds, operationsRoutes } from './operations/operations-routes.ts'
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
	config: Pick<OrderConfig, 'tokens' | 'requestBudgetMs' | 'rateLimit' | 'trustProxy' | 'corsOrigins' | 'requestLog'>
	log: Logger
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
	operations: OperationsRoutesNeeds
	/** Whether a shutdown was announced. */
	isDraining(): boolean
}

const bodyLimitBytes = 64 * 1024
const idleTimeoutMs = 10_000
const httpOptions = {
	requestTimeout: 5_000,
	keepAliveTimeout: 72_000,
	headersTimeout: 3_000,
	connectionsCheckingInterval: 1_000,
	maxHeaderSize: 24 * 1024,
	// requireOneHost refuses such a request with a problem.
	requireHostHeader: false,
}
// Measured (`pnpm bench overload`): fewer requests make smaller batches, more requests only wait longer.
const mostInFlight = 512

/** Builds the REST API, which can then listen or take injected requests. */
export async function buildApp({
	config,
	log,
	customerPseudonym,
	noteUnchanged,
	inTurn,
	placing,
	reading,
	transitions,
	webhooks,
	products,
	productChanges,
	events,
	staff,
	console,
	operations,
	isDraining,
}: AppNeeds): Promise<FastifyTypeBox> {
	const shedLoad = createLoadShedding({
		mostInFlight,
		bodyLimitBytes,
		isBehindProxy: config.trustProxy.length > 0,
		corsOrigins: config.corsOrigins,
		isDraining,
		log,
	})
	const observing = observeRequests({ log, customerPseudonym, noteUnchanged }, config)
	const { answerError, logLateError } = createErrorHandling(log)
	const app = fastify({
		// The trace id identifies a request. It is made only for an answer or a log line that tells it.
		genReqId: () => '',
		bodyLimit: bodyLimitBytes,
		serverFactory: (handle) => createServer(httpOptions, observing.listen(shedLoad(handle))).setTimeout(idleTimeoutMs),
		trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
		onProtoPoisoning: 'error',
		onConstructorPoisoning: 'error',
		return503OnClosing: false,
		routerOptions: { maxParamLength: 1_000 },
		clientErrorHandler: answerClientError(observing),
		// A path that cannot be decoded has no route, so the error handler below does not see it.
		frameworkErrors: answerError,
	}).withTypeProvider<TypeBoxTypeProvider>()
	registerJsonBodies(app)
	app.setValidatorCompiler(validatorCompiler)
	app.setSerializerCompiler(serializerCompiler)
	for (const schema of sharedSchemas) app.addSchema(schema)

	const refuseOtherMethods = collectMethods(app)
	app.setErrorHandler(answerError)
	app.setNotFoundHandler(answerNotFound)
	observing.noteRoutes(app)
	requireOneHost(app)
	registerSecurityHeaders(app)
	await registerCors(app, config.corsOrigins)
	refuseEmptyParameters(app)
	app.decorateRequest('budget', null as unknown as Budget)
	await registerTokens(app, config.tokens, log)
	await registerOpenApi(app)

	const rateLimit = createRateLimit(config.rateLimit)
	const admit = createAdmission({ requestBudgetMs: config.requestBudgetMs, isDraining, inTurn, logLateError })
	await app.register(async (monitored) => {
		keepQuiet(monitored)
		operationsRoutes(monitored, operations)
	})
	await app.register(async (open) => {
		admit(open)
		registerRequestRules(open)
		open.addHook('onRequest', async (request, reply) => rateLimit.count(addressKey(request), reply))
		observing.startSpans(open)
		productsRoutes(open, products)
		productChangesRoutes(open, productChanges)
	})
	await app.register(async (signedIn) => {
		admit(signedIn)
		registerRequestRules(signedIn)
		requireSignIn(signedIn, rateLimit, log)
		observing.startSpans(signedIn)
		placingRoutes(signedIn, placing)
		readingRoutes(signedIn, reading)
		transitionsRoutes(signedIn, transitions)
		eventsRoutes(signedIn, events)
		webhooksRoutes(signedIn, webhooks)
		deliveriesRoutes(signedIn, webhooks)
		staffApi(signedIn, staff)
	})
	await app.register(async (documented) => {
		keepQuiet(documented)
		await docsRoutes(documented)
		if (console !== undefined) consoleRoutes(documented, console)
	})
	app.addHook('preClose', (done) => {
		events.streams.endAll()
		done()
	})
	refuseOtherMethods()
	return app
}
