import { createServer } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { Budget } from '@mercat/service/budget'
import type { Logger } from '@mercat/service/log'
import type { TaskQueue } from '@mercat/service/task-queue'
import type { TokenRules } from '@mercat/service/tokens'
import type { TSchema } from '@sinclair/typebox'
import { fastify } from 'fastify'
import type { RestConfig } from './configuration/rest-variables.ts'
import { createAdmission } from './http/admission.ts'
import { registerTokens, requireSignIn } from './http/authenticate.ts'
import { registerCors } from './http/cors.ts'
import type { FastifyTypeBox } from './http/fastify-typebox.ts'
import { registerJsonBodies } from './http/json-body.ts'
import { collectMethods } from './http/method-not-allowed.ts'
import type { ObservedResource } from './http/observed-request.ts'
import { keepQuiet, type ObserveRequestsNeeds, observeRequests } from './http/observing/observe-requests.ts'
import { createLoadShedding } from './http/overload/load-shedding.ts'
import { answerNotFound, createErrorHandling } from './http/problems/problem-handler.ts'
import { answerClientError } from './http/problems/raw-problems.ts'
import { addressKey, createRateLimit } from './http/rate-limit.ts'
import { refuseEmptyParameters, registerRequestRules, requireOneHost } from './http/request-rules.ts'
import { registerSecurityHeaders } from './http/security-headers.ts'
import { createSerializerCompiler } from './http/serialization.ts'
import { createValidatorCompiler } from './http/validation.ts'
import type { ApiDescription } from './operations/api-description.ts'
import { docsRoutes, registerOpenApi } from './operations/docs.ts'
import { type OperationsRoutesNeeds, operationsRoutes } from './operations/operations-routes.ts'

/** The routes of a service. Each function adds routes to the scope that it is given. */
export type RestRoutes = {
	/** Routes for callers without a token. */
	open?(app: FastifyTypeBox): void
	/** Routes that need a token with one of the scopes that they name. */
	signedIn(app: FastifyTypeBox): void
	/** Pages beside those of the documentation. They are neither traced nor logged. */
	pages?(app: FastifyTypeBox): void
}

export type RestAppNeeds = ObserveRequestsNeeds &
	OperationsRoutesNeeds & {
		log: Logger
		tokenRules: TokenRules
		/** The queue in which requests wait to be handled. */
		inTurn: TaskQueue
		/** Whether a shutdown was announced. */
		isDraining(): boolean
		routes: RestRoutes
	}

export type RestAppOptions = {
	config: RestConfig & { requestLog: boolean }
	api: ApiDescription
	/** The schemas that other schemas and routes refer to by their `$id`. */
	sharedSchemas: readonly TSchema[]
	/** What requests are about. */
	resource: ObservedResource
	/** The scope of callers who decide themselves whether their traces are sampled. */
	trustedScope: string
	/** What the paths of streams begin with. */
	streamPaths: readonly string[]
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

/** Builds the REST API of a service, which can then listen or take injected requests. */
export async function buildRestApp(
	{ log, tokenRules, inTurn, isDraining, routes, ...needs }: RestAppNeeds,
	{ config, api, sharedSchemas, streamPaths, ...observed }: RestAppOptions,
): Promise<FastifyTypeBox> {
	const shedLoad = createLoadShedding({
		mostInFlight,
		bodyLimitBytes,
		isBehindProxy: config.trustProxy.length > 0,
		corsOrigins: config.corsOrigins,
		streamPaths,
		isDraining,
		log,
	})
	const observing = observeRequests({ log, ...needs }, { requestLog: config.requestLog, ...observed })
	const { answerError, logLateError } = createErrorHandling(log, observed.resource)
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
	app.setValidatorCompiler(createValidatorCompiler(sharedSchemas))
	app.setSerializerCompiler(createSerializerCompiler(sharedSchemas))
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
	await registerTokens(app, tokenRules)
	await registerOpenApi(app, api)

	const rateLimit = createRateLimit(config.rateLimit)
	const admit = createAdmission({ requestBudgetMs: config.requestBudgetMs, isDraining, inTurn, logLateError })
	await app.register(async (monitored) => {
		keepQuiet(monitored)
		operationsRoutes(monitored, needs, api)
	})
	await app.register(async (open) => {
		admit(open)
		registerRequestRules(open)
		open.addHook('onRequest', async (request, reply) => rateLimit.count(addressKey(request), reply))
		observing.startSpans(open)
		routes.open?.(open)
	})
	await app.register(async (signedIn) => {
		admit(signedIn)
		registerRequestRules(signedIn)
		requireSignIn(signedIn, rateLimit, log)
		observing.startSpans(signedIn)
		routes.signedIn(signedIn)
	})
	await app.register(async (documented) => {
		keepQuiet(documented)
		await docsRoutes(documented, api)
		routes.pages?.(documented)
	})
	refuseOtherMethods()
	return app
}
