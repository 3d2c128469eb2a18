import { setImmediate as turn } from 'node:timers/promises'
import { eventually } from '@mercat/testing/eventually'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accepted, acceptedLate } from '../../src/checking/verdict.ts'
import { type Bar, type Step, stepMs } from '../../src/folding/bars/bar.ts'
import type { JudgedTick } from '../../src/folding/blocks/judged-tick.ts'
import { createBarHub } from '../../src/prices/watching/bar-hub.ts'
import type { Block } from '../../src/prices/watching/follow-blocks.ts'
import { plainBars } from '../folding/bars/plain-bars.ts'
import { noon } from '../noon.ts'

const times = { pollMs: 1, pauseMs: 1, lateMs: 1 }

/** The blocks of two sources: this process follows `own`, and another one `others`. Stored bars have only their first blocks. */
function createSources() {
	const blocks: Record<string, Block[]> = { own: [], others: [] }
	const stored: Record<string, number> = { own: 0, others: 0 }
	const newestMs = new Map<string, number>()
	const record: JudgedTick[] = []
	let listener: ((source: string, block: Block) => void) | undefined
	let clock = 0

	async function someTurns(): Promise<void> {
		for (let turns = clock % 3; turns > 0; turns--) await turn()
	}

	function fold(source: string, seconds: readonly number[]): void {
		const ticks = seconds.map((second): JudgedTick => {
			const atMs = noon + second * 1_000
			const verdict = atMs < (newestMs.get(source) ?? 0) ? acceptedLate : accepted
			newestMs.set(source, Math.max(atMs, newestMs.get(source) ?? 0))
			const amountMinor = 100 + ((record.length * 37 + second * 11) % 50)
			const tick = { sku: source, currency: 'EUR', amountMinor, available: undefined, atMs, seq: 1, verdict }
			record.push(tick)
			return tick
		})
		const block = { block: (blocks[source] as Block[]).length + 1, ticks }
		blocks[source]?.push(block)
		if (source === 'own') listener?.(source, block)
	}

	const positions = () => Object.entries(blocks).map(([source, all]) => ({ source, block: all.length }))
	return {
		record,
		fold,
		storeBars(source: string): void {
			stored[source] = blocks[source]?.length ?? 0
		},
		/** All blocks after a number are gone, as after a restore. */
		putBack(source: string, block: number): void {
			blocks[source]?.splice(block)
		},
		now: () => clock,
		needs: {
			async readSourceBlocks() {
				const found = { atMs: ++clock, blocks: positions() }
				await someTurns()
				return found
			},
			async *readBlocks(source: string, after: number) {
				await someTurns()
				yield* (blocks[source] ?? []).slice(after)
			},
			async readTails(step: Step, asked: ReadonlyMap<string, Iterable<number>>) {
				const upto = new Map([
					['own', blocks['own']?.length ?? 0],
					['others', stored['others'] ?? 0],
				])
				const bars = new Map<string, Bar[]>()
				for (const [sku, begins] of asked) {
					const ticks = (blocks[sku] ?? []).slice(0, upto.get(sku)).flatMap((block) => block.ticks)
					const all = plainBars(ticks, sku, step)
					const wanted = new Set([...begins, all.at(-1)?.beginMs])
					bars.set(
						sku,
						all.filter(({ beginMs }) => wanted.has(beginMs)),
					)
				}
				await someTurns()
				return { bars, upto }
			},
			onFolded(next: typeof listener) {
				listener = next
				return { [Symbol.dispose]() {} }
			},
			log: { warn() {} },
		},
	}
}

/** Watches both products, and keeps what it is told. */
function watchBoth(hub: ReturnType<typeof createBarHub>, step: Step) {
	const noted = new Map<string, number>()
	const told = new Map<string, Bar>()
	const state = { isComplete: false, isLost: false }
	const stop = hub.watch(step, ['own', 'others'], {
		note: (sku, sinceMs) => noted.set(sku, Math.min(sinceMs, noted.get(sku) ?? sinceMs)),
		pendingSinceMs: (sku) => noted.get(sku) ?? Number.POSITIVE_INFINITY,
		complete() {
			state.isComplete = true
		},
		wake() {
			for (const [sku, sinceMs] of noted) {
				for (const { bytes, ...bar } of hub.find(step, sku)?.bars ?? []) {
					if (bar.beginMs >= sinceMs) told.set(`${sku} ${bar.beginMs}`, bar)
				}
			}
			noted.clear()
		},
		lose() {
			state.isLost = true
		},
	})
	return { told, state, ...stop }
}

const action = fc.oneof(
	fc.record({ fold: fc.constantFrom('own', 'others'), seconds: fc.array(fc.nat(180), { minLength: 1, maxLength: 4 }) }),
	fc.record({ store: fc.constantFrom('own', 'others') }),
	fc.record({ turns: fc.nat(4) }),
)

test.each<Step>(['1s', '1m'])(
	'bars of %s are told as they are at last, however blocks and reads meet',
	async (step) => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(action, { maxLength: 12 }),
				fc.array(action, { maxLength: 30 }),
				async (before, after) => {
					const sources = createSources()
					const run = async (actions: typeof before) => {
						for (const action of actions) {
							if ('fold' in action) sources.fold(action.fold, action.seconds)
							else if ('store' in action) sources.storeBars(action.store)
							else for (let turns = action.turns; turns > 0; turns--) await turn()
						}
					}
					await run(before)
					using hub = createBarHub(sources.needs, times)
					using watch = watchBoth(hub, step)
					await run(after)
					for (const source of ['own', 'others']) sources.storeBars(source)
					const folded = sources.now()
					await eventually(() => expect(hub.notedUntilMs()).toBeGreaterThan(folded), { interval: 1 })
					expect(watch.state).toEqual({ isComplete: true, isLost: false })
					for (const sku of ['own', 'others']) {
						const right = plainBars(sources.record, sku, step)
						const told = [...watch.told].filter(([key]) => key.startsWith(sku)).map(([, bar]) => bar)
						expect(right).toEqual(expect.arrayContaining(told))
						expect(told).toEqual(expect.arrayContaining(right.slice(-1)))
					}
				},
			),
			{ numRuns: 100 },
		)
	},
)

test('a stream ends when the database was put back, and the next one begins with what is there', async () => {
	const sources = createSources()
	sources.fold('others', [1])
	sources.fold('others', [2])
	using hub = createBarHub(sources.needs, times)
	using watch = watchBoth(hub, '1s')
	await eventually(() => expect(hub.notedUntilMs()).toBeGreaterThan(0))
	sources.putBack('others', 1)
	await eventually(() => expect(watch.state.isLost).toBe(true))
	using next = watchBoth(hub, '1s')
	await eventually(() => expect(next.state.isComplete).toBe(true))
	expect([...next.told.values()].map(({ beginMs }) => (beginMs - noon) / stepMs['1s'])).toEqual([1])
})
