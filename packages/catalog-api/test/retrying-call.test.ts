import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type CatalogClients, createCatalogClients } from '../src/client.ts'
import { type ErrorDetails, errorDetailsMetadata } from '../src/errors.ts'
import { catalogRpcs, inventoryRpcs } from '../src/proto/load-proto.ts'
import { createRetryingCall, type RetryingCall } from '../src/retrying-call.ts'

type Answer = 'done' | 'none' | ({ code: status } & ErrorDetails)

// What a server answers one call after the other, the tokens of the calls, and the time that their callers gave them.
let answers: Answer[] = []
let tokens: unknown[] = []
let limitsMs: number[] = []

function answerNext(call: ServerUnaryCall<unknown, object>, callback: sendUnaryData<object>): void {
	tokens.push(call.metadata.get('authorization')[0])
	limitsMs.push(Number(call.getDeadline()) - Date.now())
	const answer = answers[Math.min(tokens.length, answers.length) - 1] ?? 'done'
	if (answer === 'done') callback(null, {})
	else if (answer !== 'none') {
		const { code, ...details } = answer
		callback({ code, details: 'no', metadata: errorDetailsMetadata(code, 'no', details) })
	}
}

const server = new Server()
server.addService(
	{ GetProduct: catalogRpcs.GetProduct, AdjustStock: inventoryRpcs.AdjustStock },
	{ GetProduct: answerNext, AdjustStock: answerNext },
)
let clients: CatalogClients
beforeAll(async () => {
	const port = await new Promise<number>((resolve, reject) => {
		server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
			error === null ? resolve(bound) : reject(error),
		)
	})
	clients = createCatalogClients(`127.0.0.1:${port}`)
})
afterAll(() => {
	clients.close()
	server.forceShutdown()
})
beforeEach(() => {
	answers = []
	tokens = []
	limitsMs = []
})

const budgetMs = 10_000
const unavailable = { code: status.UNAVAILABLE, reason: 'DATABASE_UNAVAILABLE' }
const callWithToken: RetryingCall = (...args) =>
	createRetryingCall({ clients, token: () => `token-${tokens.length}` })(...args)
const get = (options: { budgetMs?: number; signal?: AbortSignal } = { budgetMs }) =>
	callWithToken(catalogRpcs.GetProduct, { sku: 'MUG' }, options)
const adjust = (requestId: string) =>
	createRetryingCall({ clients })(inventoryRpcs.AdjustStock, { sku: 'MUG', delta: 1, requestId }, { budgetMs })

test('a call is made again when the outcome of the one before is unknown, with a fresh token', async () => {
	answers = [unavailable, { code: status.INTERNAL }, 'done']
	await get()
	expect(tokens).toEqual(['Bearer token-0', 'Bearer token-1', 'Bearer token-2'])
})

test('three attempts are enough', async () => {
	answers = [unavailable]
	await expect(get()).rejects.toMatchObject({ code: status.UNAVAILABLE })
	expect(tokens).toHaveLength(3)
})

test.each([
	{ code: status.NOT_FOUND, reason: 'PRODUCT_NOT_FOUND' },
	{ code: status.INTERNAL, reason: 'INTERNAL' },
	{ code: status.RESOURCE_EXHAUSTED, reason: 'OVERLOADED' },
])('%o is final', async (answer) => {
	answers = [answer]
	await expect(get()).rejects.toMatchObject({ code: answer.code })
	expect(tokens).toHaveLength(1)
})

test('the catalog tells how long to wait, unless that is longer than the budget', async () => {
	const overloaded = { code: status.RESOURCE_EXHAUSTED, reason: 'OVERLOADED', retryDelayMs: 20 }
	answers = [overloaded, 'done']
	await adjust('')
	expect(tokens).toHaveLength(2)
	tokens = []
	answers = [{ ...overloaded, retryDelayMs: 20_000 }, 'done']
	await expect(adjust('')).rejects.toMatchObject({ code: status.RESOURCE_EXHAUSTED })
	expect(tokens).toHaveLength(1)
})

test('an attempt that is not answered leaves time for another one', async () => {
	answers = ['none', 'done']
	await get({ budgetMs: 1_000 })
	expect(tokens).toHaveLength(2)
})

test('a change without a request id is not made twice', async () => {
	answers = [unavailable, 'done']
	await expect(adjust('')).rejects.toMatchObject({ code: status.UNAVAILABLE })
	expect(tokens).toHaveLength(1)
	tokens = []
	await adjust('delivery-1')
	expect(tokens).toHaveLength(2)
})

test('a caller who leaves is not waited for', async () => {
	answers = ['none']
	await expect(get({ budgetMs, signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ code: status.CANCELLED })
	expect(tokens.length).toBeLessThanOrEqual(1)
})

test('a call that cannot be repeated has all of the time, and any other one leaves time for another attempt', async () => {
	await adjust('')
	await adjust('delivery-1')
	const [unrepeatable, repeatable] = limitsMs as [number, number]
	expect(unrepeatable).toBeGreaterThan(0.5 * budgetMs)
	expect(repeatable).toBeLessThan(0.5 * budgetMs)
})
