import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { keyedOperations } from '../src/generated/keyed-operations.gen.ts'

type Paths = Record<string, Record<string, { operationId?: string }>>
const file = new URL('../src/generated/openapi.json', import.meta.url)
const { paths }: { paths: Paths } = JSON.parse(readFileSync(file, 'utf8'))
const routes = Object.entries(paths).flatMap(([path, operations]) =>
	Object.entries(operations).map(([method, { operationId }]) => ({ method: method.toUpperCase(), path, operationId })),
)

// Words that say what a function does.
const verbs = [
	...['adjust', 'approve', 'cancel', 'create', 'delete', 'deliver', 'explain', 'get', 'list', 'pay', 'place'],
	...['redeliver', 'redrive', 'reject', 'replay', 'rotate', 'search', 'set', 'ship', 'stream', 'suggest', 'test'],
	'update',
]

test('every route has a name that makes a good function: a verb and what it is done to', () => {
	const name = new RegExp(`^(?:${verbs.join('|')})(?:[A-Z][a-z]+)*$`)
	expect(routes.filter(({ operationId }) => !name.test(operationId ?? ''))).toEqual([])
})

test('no two routes have the same name', () => {
	const names = routes.map(({ operationId }) => operationId)
	expect(new Set(names).size).toBe(names.length)
})

test('the client makes keys for the routes that need one', () => {
	expect([...keyedOperations].sort()).toEqual([
		'POST /v1/orders',
		'POST /v1/stock/{sku}/adjust',
		'POST /v1/stock/{sku}/set',
	])
})

// Decide for a new route whether a second attempt is safe (src/calling/retrying-fetch.ts), and say so in docs/api.md.
test('of every other route that changes something it is known whether a second attempt is safe', () => {
	const changing = routes.filter(({ method, path }) => method === 'POST' && !keyedOperations.includes(`POST ${path}`))
	expect(changing.map(({ operationId }) => operationId).sort()).toEqual([
		'approveHeldPrice',
		'cancelOrder',
		'createWebhook',
		'deliverOrder',
		'payOrder',
		'redeliverEvent',
		'redriveOutbox',
		'rejectHeldPrice',
		'replayWebhook',
		'rotateWebhookSecret',
		'shipOrder',
		'testWebhook',
	])
})
