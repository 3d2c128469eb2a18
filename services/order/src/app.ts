import accepts from '@fastify/accepts'
import cors from '@fastify/cors'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { Logger } from '@mercat/service/log'
import type { TaskQueue } from '@mercat/service/task-queue'
import {
	type FastifyBaseLogger,
	type FastifyInstance,
	fastify,
	type RawReplyDefaultExpression,
	type RawRequestDefaultExpression,
	type RawServerDefault,
} from 'fastify'
import { createAdmission } from './admission.ts'
import { registerTokens, requireSignIn } from './authenticate.ts'
import type { OrderConfig } from './config.ts'
import { docsRoutes, registerOpenApi } from './docs.ts'
import { registerJsonBodies } from './json-body.ts'
import { createLoadShedding } from './load-shedding.ts'
import { collectMethods } from './method-not-allowed.ts'
import { createServer } from './node-http.ts'
import { type OperationsRoutesDeps, operationsRoutes } from './operations-routes.ts'
import { type OrdersRoutesDeps, ordersRoutes } from './orders-routes.ts'
import { answerNotFound, createErrorHandling } from './problem-handler.ts'
import { type ProductsRoutesDeps, productsRoutes } from './products-routes.ts'
import { addressKey, createRateLimit } from './rate-limit.ts'
import { answerClientError } from './raw-problems.ts'
import type { RequestBudget } from './request-budget.ts'
import { registerRequestRules, requireOneHost } from './request-rules.ts'
import { sharedSchemas } from './schemas.ts'
import { registerSecurityHeaders } from './security-headers.ts'
import { serializerCompiler } from './serialization.ts'
import { transitionsRoutes } from './transitions-routes.ts'
import { validatorCompiler } from './validation.ts'

export type FastifyTypeBox = FastifyInstance<
	RawServerDefault,
	RawRequestDefaultExpression,
	RawReplyDefaultExpression,
	FastifyBaseLogger,
	TypeBoxTypeProvider
>

export type AppDeps = {
	config: Pick<OrderConfig, 'tokens' | 'requestBudgetMs' | 'rateLimit' | 'trustProxy' | 'corsOrigins'>
	log: Logger
	/** Where requests wait to be handled. */
	inTurn: TaskQueue
	orders: OrdersRoutesDeps
	products: ProductsRoutesDeps
	operations: OperationsRoutesDeps
}

const bodyLimitBytes = 64 * 1024
const idleTimeoutMs = 10_000
const httpOptions = {
	requestTimeout: 5_000,
	keepAliveTimeout: 72_000,
	headersTimeout: 3_000,
	connectionsCheckingInterval: 1_000,
	maxHeaderSize: 16 * 1024,
	// Refused by a rule of ours, with words.
	requireHostHeader: false,
}
// Measured (`pnpm bench overload`): fewer make smaller batches, more only wait longer.
const mostInFlight = 512

/** The REST API, ready to listen or to be injected into. */
export async function buildApp({
	config,
	log,
	inTurn,
	orders,
	products,
	operations,
}: AppDeps): Promise<FastifyTypeBox> {
	const shedLoad = createLoadShedding({
		mostInFlight,
		bodyLimitBytes,
		isBehindProxy: config.trustProxy.length > 0,
		corsOrigins: config.corsOrigins,
		isDraining: operations.isDraining,
		log,
	})
	const { answerError, logLateError } = createErrorHandling(log)
	const app = fastify({
		// A request is known by its trace id, which is made only where it is told.
		genReqId: () => '',
		bodyLimit: bodyLimitBytes,
		serverFactory: (handle) => createServer(httpOptions, shedLoad(handle)).setTimeout(idleTimeoutMs),
		trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
		onProtoPoisoning: 'error',
		onConstructorPoisoning: 'error',
		return503OnClosing: false,
		routerOptions: { maxParamLength: 1_000 },
		clientErrorHandler: answerClientError,
		// A path that cannot be decoded has no route, and so no error handler.
		frameworkErrors: answerError,
	}).withTypeProvider<TypeBoxTypeProvider>()
	registerJsonBodies(app)
	app.setValidatorCompiler(validatorCompiler)
	app.setSerializerCompiler(serializerCompiler)
	for (const schema of sharedSchemas) app.addSchema(schema)

	const refuseOtherMethods = collectMethods(app)
	app.setErrorHandler(answerError)
	app.setNotFoundHandler(answerNotFound)
	requireOneHost(app)
	app.decorateRequest('budget', null as unknown as RequestBudget)
	registerSecurityHeaders(app)
	if (config.corsOrigins.length > 0) {
		await app.register(cors, {
			origin: config.corsOrigins,
			exposedHeaders: ['ETag', 'Location', 'Idempotent-Replayed', 'Retry-After', 'RateLimit'],
		})
	}
	await app.register(accepts)
	await registerTokens(app, config.tokens, log)
	await registerOpenApi(app)

	const rateLimit = createRateLimit(config.rateLimit)
	const admit = createAdmission({ ...config, isDraining: operations.isDraining, inTurn, logLateError })
	await app.register(async (monitored) => operationsRoutes(monitored, operations))
	await app.register(async (open) => {
		admit(open)
		registerRequestRules(open)
		open.addHook('onRequest', async (request, reply) => rateLimit.count(addressKey(request), reply))
		productsRoutes(open, products)
	})
	await app.register(async (signedIn) => {
		admit(signedIn)
		registerRequestRules(signedIn)
		requireSignIn(signedIn, rateLimit, log)
		ordersRoutes(signedIn, orders)
		transitionsRoutes(signedIn, orders.transitions)
	})
	await app.register(async (documented) => docsRoutes(documented))
	refuseOtherMethods()
	return app
}
