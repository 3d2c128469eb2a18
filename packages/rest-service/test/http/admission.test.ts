import { setImmediate as turn } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Problem } from '@mercat/rest-api/problem'
import type { Budget } from '@mercat/service/budget'
import type { Logger } from '@mercat/service/log'
import type { TaskQueue } from '@mercat/service/task-queue'
import { eventually } from '@mercat/testing/eventually'
import { fastify, type RouteHandlerMethod } from 'fastify'
import { expect, test } from 'vitest'
import { createAdmission } from '../../src/http/admission.ts'
import type { ObservedResource } from '../../src/http/observed-request.ts'
import { createErrorHandling } from '../../src/http/problems/problem-handler.ts'

const resource: ObservedResource = { logName: 'orderId', attribute: 'mercat.order.id', idOf: () => undefined }

type LogLine = { level: string; msg: string; err?: { code?: string; message: string } }

/** An app with one route, and its log lines. */
async function startApp(handler: RouteHandlerMethod, inTurn: TaskQueue = setImmediate, requestBudgetMs = 50) {
	const logged: LogLine[] = []
	const logAt = (level: string) => (fields: object, msg: string) => void logged.push({ level, msg, ...fields })
	const log = { error: logAt('error'), warn: logAt('warn'), info: logAt('info'), debug: logAt('debug') }
	const app = fastify()
	const { answerError, logLateError } = createErrorHandling(log as unknown as Logger, resource)
	app.setErrorHandler(answerError)
	app.decorateRequest('budget', null as unknown as Budget)
	app.register(async (admitted) => {
		createAdmission({ requestBudgetMs, isDraining: () => false, inTurn, logLateError })(admitted)
		admitted.get('/', handler)
	})
	const url = await app.listen({ host: '127.0.0.1', port: 0 })
	const ask = async (signal?: AbortSignal) => (await fetch(url, { signal })).json()
	const countConnections = () => promisify(app.server.getConnections.bind(app.server))()
	return { ask, countConnections, logged, [Symbol.asyncDispose]: () => app.close() }
}

const timedOut = { level: 'warn', msg: 'request failed', code: 'REQUEST_TIMEOUT' }

/** An app whose route answers when the test resolves or rejects its gate. */
async function startSlowApp() {
	const gate = Promise.withResolvers<object>()
	const app = await startApp(() => gate.promise)
	const settled = () => gate.promise.catch(() => {}).then(() => turn())
	return { ...app, ...gate, settled }
}

/** An app whose requests wait for their turns until the test calls `takeTurns`. */
async function startWaitingApp(requestBudgetMs?: number) {
	const waiting: (() => void)[] = []
	let handled = 0
	const app = await startApp(
		async () => ({ handled: ++handled }),
		(task) => void waiting.push(task),
		requestBudgetMs,
	)
	async function takeTurns(): Promise<void> {
		for (const task of waiting) task()
		await turn()
	}
	return { ...app, waiting, handled: () => handled, takeTurns }
}

test('an answer that comes after 504 is dropped and not logged', async () => {
	await using app = await startSlowApp()
	const { status, code, traceId } = (await app.ask()) as { status: number; code: string; traceId: string }
	expect([status, code]).toEqual([504, 'REQUEST_TIMEOUT'])
	app.resolve({ late: true })
	await app.settled()
	expect(app.logged).toMatchObject([{ ...timedOut, traceId }])
})

test('an error that comes after 504 is logged at the level of its kind', async () => {
	for (const [error, logged] of [
		[new Error('unexpected'), [{ level: 'error', msg: 'request failed', err: { message: 'unexpected' } }]],
		[new Problem('CATALOG_TIMEOUT'), [{ level: 'warn', msg: 'request failed' }]],
		[
			new Problem('CATALOG_UNAVAILABLE', {}, { detail: 'not asked', cause: new Error('refused') }),
			[{ level: 'warn', msg: 'request failed', code: 'CATALOG_UNAVAILABLE', reason: 'not asked (refused)' }],
		],
		[
			new Problem('WEBHOOKS_NOT_CONFIGURED'),
			[{ level: 'warn', msg: 'request failed', reason: expect.stringContaining('`SECRETS_KEY`') }],
		],
		[
			new Problem('OUT_OF_STOCK', { items: [{ sku: 'MUG' }] }),
			[
				{
					level: 'debug',
					msg: 'request refused',
					code: 'OUT_OF_STOCK',
					detail: expect.any(String),
					items: [{ sku: 'MUG' }],
					method: 'GET',
					route: '/',
				},
			],
		],
	] as const) {
		await using app = await startSlowApp()
		expect(await app.ask()).toMatchObject({ status: 504, code: 'REQUEST_TIMEOUT' })
		app.reject(error)
		await app.settled()
		expect(app.logged).toMatchObject([timedOut, ...logged])
	}
})

test.each<[string, RouteHandlerMethod]>([
	[
		'answers twice',
		async (_request, reply) => {
			reply.send({ answer: 1 })
			return { answer: 2 }
		},
	],
	[
		'fails after its answer',
		async (_request, reply) => {
			reply.send({ answer: 1 })
			throw new Error('too late')
		},
	],
])('a handler that %s is logged as an error', async (_what, handler) => {
	await using app = await startApp(handler)
	expect(await app.ask()).toEqual({ answer: 1 })
	expect(app.logged).toMatchObject([{ level: 'error', msg: 'request failed' }])
})

test('a request that waits for its turn until its budget is over gets 504 and is never handled', async () => {
	await using app = await startWaitingApp()
	expect(await app.ask()).toMatchObject({ status: 504, code: 'REQUEST_TIMEOUT' })
	await app.takeTurns()
	expect([app.waiting.length, app.handled()]).toEqual([1, 0])
	expect(app.logged).toMatchObject([timedOut])
})

test('a request whose client leaves before its turn is never handled and is logged as 499', async () => {
	await using app = await startWaitingApp(60_000)
	const leaving = new AbortController()
	const asking = app.ask(leaving.signal)
	await eventually(() => expect(app.waiting).toHaveLength(1))
	leaving.abort()
	await expect(asking).rejects.toThrow()
	await eventually(async () => expect(await app.countConnections()).toBe(0))
	await turn()
	await app.takeTurns()
	expect(app.handled()).toBe(0)
	expect(app.logged).toMatchObject([{ level: 'info', status: 499 }])
})
