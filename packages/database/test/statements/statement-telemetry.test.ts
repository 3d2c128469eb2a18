import { type Budget, budgetForEach, createBudget } from '@mercat/service/budget'
import { createLog } from '@mercat/service/log'
import { register } from '@mercat/service/metrics'
import { openTracing } from '@mercat/service/open-tracing'
import { readTraceparent, traceIdOf } from '@mercat/service/trace-context'
import { type StartedSpan, startSpan } from '@mercat/service/tracing'
import { startOtlpCollector } from '@mercat/testing/otlp-collector'
import { createTestDatabase, engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/database.ts'

const findEntry = { name: 'find-entry', text: 'select id from entry where id = $1' }

describe.each(engines)('On %s', (engine) => {
	test('a statement has a span with its name, under the span of its caller', async () => {
		await using opened = await open()
		const { within } = opened.database
		await within(opened.budget).query(findEntry, [1])
		await within(opened.budget).query('insert into entry values (1)')
		const [request, find, insert] = await opened.spans(3)
		expect(find).toMatchObject({
			name: 'find-entry',
			kind: 'CLIENT',
			parentSpanId: request?.spanId,
			status: 'UNSET',
			attributes: {
				'db.system.name': 'postgresql',
				'db.query.summary': 'find-entry',
				'mercat.pool_wait_ms': expect.any(Number),
				...opened.address,
			},
		})
		expect(insert).toMatchObject({ name: 'insert entry', parentSpanId: request?.spanId })
	})

	test('a failed statement has the status ERROR and the SQLSTATE, and not the message, which may have values', async () => {
		await using opened = await open()
		await expect(opened.database.within(opened.budget).query('select 1 / 0')).rejects.toThrow('division by zero')
		const [, failed] = await opened.spans(2)
		expect(failed).toMatchObject({
			name: 'select',
			status: 'ERROR',
			statusMessage: '22012',
			attributes: { 'error.type': '22012', 'db.response.status_code': '22012' },
		})
	})

	test('a transaction has a span, and each of its statements has one under it', async () => {
		await using opened = await open()
		const write = opened.database.transaction(async ({ query, queryAndCommit }) => {
			await query(findEntry, [1])
			await queryAndCommit('insert into entry values (1)')
		}, opened.budget)
		await write
		const [request, transaction, find, insert] = await opened.spans(4)
		expect(transaction).toMatchObject({ name: 'transaction', kind: 'CLIENT', parentSpanId: request?.spanId })
		expect(find).toMatchObject({ name: 'find-entry', parentSpanId: transaction?.spanId })
		expect(insert).toMatchObject({ name: 'insert entry', parentSpanId: transaction?.spanId })
		// The SDK takes the start of each span to the millisecond, and its end from there.
		expect(transaction!.endMs).toBeGreaterThanOrEqual(insert!.endMs - 1)
	})

	test('a transaction that fails has the status ERROR', async () => {
		await using opened = await open()
		const failing = opened.database.transaction(async ({ query }) => {
			await query('insert into entry values (1)')
			await query('insert into entry values (1)')
		}, opened.budget)
		await expect(failing).rejects.toThrow('entry_pkey')
		const [, transaction, first, second] = await opened.spans(4)
		expect(transaction).toMatchObject({ status: 'ERROR', attributes: { 'error.type': '23505' } })
		expect([first?.status, second?.status]).toEqual(['UNSET', 'ERROR'])
	})

	test('a statement that comes too late has a span with the error', async () => {
		await using opened = await open()
		const late = { ...createBudget(0), trace: opened.budget.trace }
		await expect(opened.database.within(late).query(findEntry, [1])).rejects.toThrow('the time is over')
		const [, statement] = await opened.spans(2)
		expect(statement).toMatchObject({ status: 'ERROR', attributes: { 'error.type': 'OutOfTimeError' } })
	})

	test('a statement without a trace, or of a trace that is not sampled, has no span', async () => {
		await using opened = await open()
		const unsampled = readTraceparent('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00')
		await opened.database.query(findEntry, [1])
		await opened.database.within({ ...opened.budget, trace: unsampled }).query(findEntry, [1])
		await opened.database.transaction(({ query }) => query(findEntry, [1]), budgetForEach(1_000))
		await opened.spans(1)
		await opened.closeTracing()
		expect(opened.collector.spans.map(({ name }) => name)).toEqual(['request'])
	})

	test('each statement is measured by its name and its error, and each commit', async () => {
		await using opened = await open()
		const before = await countsOf(findEntry.name, 'commit', 'select entry')
		await opened.database.query(findEntry, [1])
		await opened.database.transaction(({ query }) => query(findEntry, [1]))
		await opened.database.transaction(({ queryAndCommit }) => queryAndCommit(findEntry, [1]))
		expect(await opened.database.query('select 1 / id from entry')).toEqual([])
		await opened.database.query('insert into entry values (0)')
		await expect(opened.database.query('select 1 / id from entry')).rejects.toThrow('division by zero')
		const after = await countsOf(findEntry.name, 'commit', 'select entry')
		const grown = Object.entries(after).map(([labels, count]) => [labels, count - (before[labels] ?? 0)] as const)
		expect(Object.fromEntries(grown.filter(([, count]) => count > 0))).toEqual({
			'find-entry': 3,
			commit: 2,
			'select entry': 1,
			'select entry 22012': 1,
		})
	})

	test('the gauge of the pool counts idle connections, used ones, and statements that wait for one', async () => {
		await using opened = await open({ maxConnections: 1 })
		expect(await poolStates()).toEqual({ idle: 1, used: 0, waiting: 0 })
		const { promise: hold, resolve: release } = Promise.withResolvers<void>()
		const begun = Promise.withResolvers<void>()
		const transaction = opened.database.transaction(async ({ query }) => {
			await query(findEntry, [1])
			begun.resolve()
			await hold
		})
		await begun.promise
		const waiting = [opened.database.query(findEntry, [1]), opened.database.query(findEntry, [1])]
		expect(await poolStates()).toEqual({ idle: 0, used: 1, waiting: 2 })
		release()
		await Promise.all([transaction, ...waiting])
		expect(await poolStates()).toEqual({ idle: 1, used: 0, waiting: 0 })
		await opened.database.close()
		expect(await poolStates()).toEqual({ idle: 0, used: 0, waiting: 0 })
	})

	/** A database with an empty table, a collector, and a budget under the span `request`. */
	async function open(options: { maxConnections?: number } = {}) {
		await using resources = new AsyncDisposableStack()
		const { url } = resources.use(await createTestDatabase(engine))
		const collector = resources.use(await startOtlpCollector())
		const tracing = openTracing(
			'test',
			collector.config,
			{ log: createLog('test', 'silent') },
			{ shutdownTimeoutMs: 10_000 },
		)
		let isTracing = true
		const closeTracing = async () => {
			if (isTracing) await tracing[Symbol.asyncDispose]()
			isTracing = false
		}
		resources.defer(closeTracing)
		let isOpen = true
		const database = await openDatabase(url, options)
		resources.defer(async () => {
			if (isOpen) await database.close()
		})
		await database.query('create table entry (id bigint primary key)')
		const request: StartedSpan = startSpan('request')
		const budget: Budget = { ...budgetForEach(10_000), trace: request.context }
		const { port, pathname } = new URL(engine === 'pglite' ? 'http://none' : url)
		const opened = resources.move()
		return {
			database: {
				...database,
				async close() {
					isOpen = false
					await database.close()
				},
			},
			collector,
			budget,
			closeTracing,
			address:
				engine === 'pglite'
					? {}
					: { 'server.address': '127.0.0.1', 'server.port': Number(port), 'db.namespace': pathname.slice(1) },
			/** Ends the request, and waits for its spans. */
			async spans(count: number) {
				request.span.end()
				return collector.until(({ spansOf }) => {
					const spans = spansOf(traceIdOf(request.context) ?? '')
					return spans.length >= count && spans
				})
			},
			[Symbol.asyncDispose]: () => opened.disposeAsync(),
		}
	}
})

async function countsOf(...summaries: string[]): Promise<Record<string, number>> {
	const metric = await register.getSingleMetric('db_client_operation_duration_seconds')?.get()
	const values: { metricName?: string; labels: Partial<Record<string, string | number>>; value: number }[] =
		metric?.values ?? []
	const counts = values.filter(({ metricName }) => metricName?.endsWith('_count'))
	return Object.fromEntries(
		counts
			.filter(({ labels }) => summaries.includes(String(labels['db_query_summary'])))
			.map(({ labels, value }) => [`${labels['db_query_summary']} ${labels['error_type'] ?? ''}`.trim(), value]),
	)
}

async function poolStates(): Promise<Record<string, number>> {
	const metric = await register.getSingleMetric('mercat_db_pool')?.get()
	return Object.fromEntries((metric?.values ?? []).map(({ labels, value }) => [String(labels['state']), value]))
}
