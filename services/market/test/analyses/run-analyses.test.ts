import { randomUUID } from 'node:crypto'
import { createLog } from '@mercat/service/log'
import { eventually } from '@mercat/testing/eventually'
import { type Engine, engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import type { AnalysedTicks } from '../../src/analyses/analysed-ticks.ts'
import type { Analysis, AnalysisStatus } from '../../src/analyses/analysis.ts'
import { createAnalysisStore } from '../../src/analyses/analysis-store.ts'
import type { JudgingPart } from '../../src/analyses/judging/judging-part.ts'
import { runAnalyses } from '../../src/analyses/run-analyses.ts'
import { openJudges } from '../../src/analyses/threads/judges.ts'
import { encodeTicks } from '../../src/folding/blocks/tick-codec.ts'
import { openEmptyDatabase } from '../empty-database.ts'
import { noon } from '../noon.ts'
import { judgedTicks, settingsWith } from './judged-ticks.ts'

const log = createLog('market', 'silent')
const ticksOfPart = 1_000

function part(): JudgingPart {
	const ticks = new Uint8Array(encodeTicks(judgedTicks({ atMs: noon }).take(ticksOfPart)))
	return { kind: 'blocks', blocks: [{ begunAtMs: noon + 60_000, isCounted: true, ticks }] }
}

/** What an analysis reads: some parts, then `wait`, then the end. */
type Reading = { parts?: (() => JudgingPart)[]; wait?: Promise<void> }

/** The analyses of a database, with threads of this process, whose ticks come as each test says. */
async function openRunning(engine: Engine) {
	await using opened = new AsyncDisposableStack()
	const { database } = opened.use(await openEmptyDatabase(engine))
	const store = createAnalysisStore(database)
	const judges = opened.use(openJudges(log))
	const readings = new Map<string, Reading>()
	const ended: AnalysisStatus[] = []

	async function* read(id: string): AsyncGenerator<JudgingPart> {
		const { parts = [], wait } = readings.get(id) ?? {}
		for (const make of parts) yield make()
		await wait
	}

	function readTicks({ id }: Analysis): AnalysedTicks {
		return { parts: read(id), percent: () => 50, missingBlocks: () => 0 }
	}

	function start() {
		const needs = {
			...store,
			readTicks,
			judge: judges.judge,
			ended: (status: AnalysisStatus) => ended.push(status),
			log,
		}
		return runAnalyses(needs, { pollMs: 50, keepMs: 50 })
	}

	async function make(reading: Reading = {}): Promise<string> {
		const id = randomUUID()
		readings.set(id, reading)
		const times = { from: new Date(0), to: new Date() }
		const request = { source: 'metals', ...times, settings: settingsWith(), createdBy: 'alice' }
		await store.create(id, request, { mostWaiting: 10, mostKept: 100 })
		return id
	}

	const resources = opened.move()
	return {
		store,
		start,
		make,
		ended,
		/** Waits until an analysis has a status, and some of its ticks are judged. */
		until: (id: string, status: AnalysisStatus, ticks = 0) =>
			eventually(async () => {
				const analysis = await store.find(id)
				expect(analysis).toMatchObject({ status })
				expect(analysis?.ticks).toBeGreaterThanOrEqual(ticks)
				return analysis as Analysis
			}),
		/** Another analysis is judged whole. */
		async expectNextRuns(): Promise<void> {
			const next = await make({ parts: [part] })
			expect((await this.until(next, 'done')).result).toMatchObject({ ticks: ticksOfPart, different: 0 })
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

describe.each(engines)('analyses that run on %s', (engine) => {
	test('are judged one after the other, and tell meanwhile how far they are', async () => {
		await using running = await openRunning(engine)
		const { promise: wait, resolve: goOn } = Promise.withResolvers<void>()
		const first = await running.make({ parts: [part, part], wait })
		const second = await running.make({ parts: [part] })
		await using _analyses = running.start()
		expect(await running.until(first, 'running', ticksOfPart)).toMatchObject({
			percent: 50,
			endedAt: null,
			result: null,
		})
		expect((await running.store.find(second))?.status).toBe('waiting')
		goOn()
		expect((await running.until(first, 'done')).result).toMatchObject({ ticks: 2 * ticksOfPart })
		expect((await running.until(second, 'done')).result).toMatchObject({ ticks: ticksOfPart, different: 0 })
		await eventually(() => expect(running.ended).toEqual(['done', 'done']))
	})

	test('end at once when they are cancelled in the middle, and make room for the next one', async () => {
		await using running = await openRunning(engine)
		const id = await running.make({ parts: [part], wait: new Promise(() => {}) })
		await using analyses = running.start()
		await running.until(id, 'running', ticksOfPart)
		await running.store.cancel(id)
		analyses.cancelled(id)
		await running.expectNextRuns()
		expect(await running.store.find(id)).toMatchObject({ status: 'cancelled', result: null })
		await eventually(() => expect(running.ended).toEqual(['cancelled', 'done']))
	})

	test('end soon when another process has cancelled them', async () => {
		await using running = await openRunning(engine)
		const id = await running.make({ parts: [part], wait: new Promise(() => {}) })
		await using _analyses = running.start()
		await running.until(id, 'running', ticksOfPart)
		await running.store.cancel(id)
		await running.expectNextRuns()
		await eventually(() => expect(running.ended).toEqual(['cancelled', 'done']))
	})

	test('wait for the next process when theirs stops, which begins them anew', async () => {
		await using running = await openRunning(engine)
		const { promise: wait, resolve: goOn } = Promise.withResolvers<void>()
		const id = await running.make({ parts: [part], wait })
		const first = running.start()
		await running.until(id, 'running', ticksOfPart)
		await first[Symbol.asyncDispose]()
		expect(await running.store.find(id)).toMatchObject({ status: 'waiting', ticks: 0, startedAt: null })
		goOn()
		await using _second = running.start()
		expect((await running.until(id, 'done')).result).toMatchObject({ ticks: ticksOfPart })
		await eventually(() => expect(running.ended).toEqual(['waiting', 'done']))
	})

	test('fail with a reason when their ticks cannot be read, or are damaged', async () => {
		await using running = await openRunning(engine)
		const away = Promise.reject(new Error('away'))
		away.catch(() => {})
		const unread = await running.make({ parts: [part], wait: away })
		const damaged = (): JudgingPart => ({
			kind: 'blocks',
			blocks: [{ begunAtMs: noon, isCounted: true, ticks: new Uint8Array([9]) }],
		})
		const broken = await running.make({ parts: [damaged] })
		await using _analyses = running.start()
		const reason = 'Its ticks could not be read or judged. The log has the reason.'
		expect(await running.until(unread, 'failed')).toMatchObject({ reason, result: null })
		expect(await running.until(broken, 'failed')).toMatchObject({ reason })
		await running.expectNextRuns()
	})
})
