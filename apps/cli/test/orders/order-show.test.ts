import { randomUUID } from 'node:crypto'
import { type MercatResult, runMercat } from '@mercat/testing/run-mercat'
import { expect, test } from 'vitest'
import { copyDatabases } from '../audit/audit-databases.ts'
import type { DatabaseUrls } from '../audit/healthy-shop.ts'
import { addWebhook, webhookId } from '../audit/healthy-webhook.ts'
import { useHealthyShop } from '../audit/use-healthy-shop.ts'

const healthy = useHealthyShop()
const time = '\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z'

function show(id: string, { catalog, order }: DatabaseUrls): Promise<MercatResult> {
	return runMercat(['order', 'show', id, '--catalog-db', catalog, '--order-db', order])
}

/** The lines of each section by its title. The lines before the first section have an empty title. */
function sectionsOf(text: string): Record<string, string[]> {
	const sections = new Map([['', [] as string[]]])
	let lines = sections.get('')
	for (const line of text.trimEnd().split('\n')) {
		if (/^[a-z]+$/.test(line)) {
			lines = []
			sections.set(line, lines)
		} else lines?.push(line.trim())
	}
	return Object.fromEntries(sections)
}

const matching = (pattern: string) => expect.stringMatching(new RegExp(`^${pattern}$`))

test('mercat order show prints order, history, reservation, messages, events and deliveries of an order', async () => {
	const { ids, sku, otherSku } = healthy.shop
	await using copy = await copyDatabases(healthy.urls, { order: addWebhook(ids) })
	const { exitCode, stdout, stderr } = await show(ids.shipped, copy.urls)
	expect([exitCode, stderr]).toEqual([0, ''])
	expect(sectionsOf(stdout)).toEqual({
		'': [
			`order ${ids.shipped}: shipped, version 3`,
			matching('customer alice, idempotency key [0-9a-f-]{36}'),
			matching(`total 30.01 EUR, placed ${time}, to be paid before ${time}`),
		],
		items: [`2 × ${sku} at 10.00 EUR: A`, `1 × ${otherSku} at 10.01 EUR: A`],
		history: [
			matching(`${time}  placed by alice`),
			matching(`${time}  placed → paid by alice, reference pay`),
			matching(`${time}  paid → shipped by alice, reference ship`),
		],
		reservation: [
			matching(`committed since ${time}`),
			`2 × ${sku}`,
			`1 × ${otherSku}`,
			matching(`the order service knows of the sale since ${time}`),
		],
		messages: [matching(`\\d+  commit to catalog, version 2, delivered ${time}, 1 attempt`)],
		events: [
			matching('mercat.order.placed.v1, version 1, position \\d+'),
			matching('mercat.order.paid.v1, version 2, position \\d+'),
			matching('mercat.order.shipped.v1, version 3, position \\d+'),
		],
		deliveries: expect.arrayContaining([
			matching(`position \\d+ to webhook ${webhookId}, delivered, 1 attempt, the last at ${time}: status 204 in 3 ms`),
			matching(
				`position \\d+ to webhook ${webhookId}, pending, 1 attempt, the last at ${time}: no answer in 10000 ms, no answer, next ${time}`,
			),
			matching(
				`position \\d+ to webhook ${webhookId}, pending, 0 attempts, (next ${time}|waits for an earlier event of its order)`,
			),
		]),
	})
})

test('mercat order show prints the rest of an order when the catalog database cannot be read', async () => {
	const nowhere = { ...healthy.urls, catalog: 'postgres://postgres@127.0.0.1:1/x' }
	const { exitCode, stdout } = await show(healthy.shop.ids.placed, nowhere)
	expect(exitCode).toBe(0)
	expect(sectionsOf(stdout)).toMatchObject({
		reservation: [
			expect.stringMatching(
				/^not known: the catalog database does not answer \(connect ECONNREFUSED .+\): start its server, or correct its URL$/,
			),
		],
		messages: ['none'],
	})
})

test('mercat order show does not look for the reservation in the catalog of another system', async () => {
	const { stdout } = await runMercat(['order', 'show', healthy.shop.ids.placed, '--order-db', healthy.urls.order])
	expect(sectionsOf(stdout)['reservation']).toEqual(['not known: name the catalog database with --catalog-db'])
})

test('mercat order show prints until when the stock of an unpaid order is held', async () => {
	const { stdout } = await show(healthy.shop.ids.placed, healthy.urls)
	expect(sectionsOf(stdout)['reservation']?.[0]).toEqual(matching(`held since ${time}, until ${time}`))
})

test('mercat order show says that there is no such order', async () => {
	const id = randomUUID()
	const { exitCode, stdout, stderr } = await show(id, healthy.urls)
	expect([exitCode, stdout, stderr]).toEqual([1, '', `mercat: there is no order ${id} in this order database\n`])
})

test('mercat order show refuses a text that is no id', async () => {
	const { exitCode, stderr } = await show('one', healthy.urls)
	expect(exitCode).toBe(2)
	expect(stderr).toContain('It must be an id, such as ')
})
