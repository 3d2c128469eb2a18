import { status } from '@grpc/grpc-js'
import { encodeImportRequest, encodeUpsert } from '@mercat/catalog-api/import-request'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { openImportStream } from '../../src/import/import-stream.ts'
import { sendLanes } from '../../src/import/send-lanes.ts'
import type { ParsedBatch } from '../../src/parsing/parse-messages.ts'
import { startAgingCatalog } from './aging-catalog.ts'

type Catalog = Awaited<ReturnType<typeof startAgingCatalog>>

const longestMs = 50

function batchOf(sku: string, lane: number): ParsedBatch {
	const request = encodeImportRequest([encodeUpsert({ product: { sku } })], {}, new ArrayBuffer(1_000))
	return { lane, request, rows: 1, bytesRead: 0 }
}

/** Sends the lanes, and returns how many rows were answered and how many were sent again. */
async function send({ clients }: Catalog, lanes: AsyncIterator<ParsedBatch, void>[], halt?: AbortSignal) {
	const rows = { answered: 0, repeated: 0 }
	await sendLanes(
		() => openImportStream(clients.catalog, 'a token', { longestMs }),
		{ lanes, release() {} },
		{
			onAnswer({ createdCount }) {
				rows.answered += createdCount
			},
			onRepeat(count) {
				rows.repeated += count
			},
			halt,
		},
	)
	return rows
}

test('An import over several connections, each replaced at its age, sends each row once and in the order of its lane', async () => {
	using catalog = await startAgingCatalog({ ageMs: 100, graceMs: 20_000 })
	const sent: string[][] = [[], []]
	async function* lane(number: number): AsyncGenerator<ParsedBatch, void> {
		for (let row = 0; catalog.connections() < 4; row++) {
			const sku = `${number}-${row}`
			sent[number]?.push(sku)
			yield batchOf(sku, number)
		}
	}
	const rows = await send(catalog, [lane(0), lane(1)])
	expect(rows).toEqual({ answered: sent.flat().length, repeated: 0 })
	for (const [number, skus] of sent.entries())
		expect(catalog.skus.filter((sku) => sku.startsWith(`${number}-`))).toEqual(skus)
})

test('A lane that waited longer than its connection lived sends its next row once', async () => {
	using catalog = await startAgingCatalog({ ageMs: 1_000, graceMs: 1_000 })
	async function* lane(): AsyncGenerator<ParsedBatch, void> {
		yield batchOf('BEFORE', 0)
		await eventually(() => expect(catalog.endedStreams()).toBe(1))
		yield batchOf('AFTER', 0)
	}
	expect(await send(catalog, [lane()])).toEqual({ answered: 2, repeated: 0 })
	expect(catalog.skus).toEqual(['BEFORE', 'AFTER'])
})

test('A lane without rows opens no stream', async () => {
	using catalog = await startAgingCatalog({ ageMs: 1_000, graceMs: 1_000 })
	async function* nothing(): AsyncGenerator<ParsedBatch, void> {}
	async function* lane(): AsyncGenerator<ParsedBatch, void> {
		yield batchOf('ONE', 0)
	}
	await send(catalog, [nothing(), lane()])
	expect(catalog.streams()).toBe(1)
})

test('An import that is halted while its lane waits for a row sends nothing more', async () => {
	using catalog = await startAgingCatalog({ ageMs: 1_000, graceMs: 1_000 })
	const halt = new AbortController()
	async function* lane(): AsyncGenerator<ParsedBatch, void> {
		halt.abort()
		yield batchOf('LATE', 0)
	}
	await expect(send(catalog, [lane()], halt.signal)).rejects.toMatchObject({ code: status.CANCELLED })
	expect(catalog.skus).toEqual([])
})
