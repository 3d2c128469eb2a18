import { engines } from '@mercat/testing/test-database'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openMarketDatabase } from '../market-database.ts'
import { noon } from '../noon.ts'
import { plainSales, storedSales } from './plain-sales.ts'
import { categoryOf, emptySales, type SalesProcess, startSalesProcess } from './sales-process.ts'
import { createTestLog, type TestLog, type Transition } from './test-log.ts'

const line = fc.record({
	sku: fc.constantFrom('GOLD', 'GOLD-2', 'TIN'),
	quantity: fc.integer({ min: 1, max: 5 }),
	// The total of an order stays below 2^53, and that of several orders does not.
	amountMinor: fc.constantFrom(0, 99, 1_290, 3_000_000_000_000_001),
})

const transition: fc.Arbitrary<Transition> = fc.record({
	order: fc.constantFrom('a', 'b', 'c', 'd'),
	version: fc.integer({ min: 1, max: 3 }),
	status: fc.constantFrom('placed', 'paid', 'shipped', 'cancelled'),
	atMs: fc.integer({ min: noon - 40 * 86_400_000, max: noon }),
	currency: fc.constantFrom('EUR', 'JPY'),
	lines: fc.uniqueArray(line, { minLength: 1, maxLength: 3, selector: ({ sku }) => sku }),
})

type Action =
	| { kind: 'append'; transitions: Transition[]; gap: number }
	| { kind: 'step' | 'takeOver' | 'catchUp'; process: number }
	| { kind: 'putBack'; by: number }

const process = fc.integer({ min: 0, max: 1 })
const action: fc.Arbitrary<Action> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('append' as const),
			transitions: fc.array(transition, { minLength: 1, maxLength: 4 }),
			gap: fc.constantFrom(0, 0, 2),
		}),
	},
	{ weight: 4, arbitrary: fc.record({ kind: fc.constant('step' as const), process }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('takeOver' as const, 'catchUp' as const), process }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('putBack' as const), by: fc.integer({ min: 1, max: 6 }) }) },
)

describe.each(engines)('sales on %s', (engine) => {
	test('are those of the orders, whatever two processes do, and also after the log was put back', async () => {
		await using database = await openMarketDatabase(engine, noon)
		await fc.assert(
			fc.asyncProperty(fc.array(action, { maxLength: 20 }), async (actions) => {
				await emptySales(database)
				const log = createTestLog()
				const processes = [0, 1].map(() => startSalesProcess(database, log.readEvents, noon))
				for (const action of actions) await act(action, log, processes)
				await processes[0]?.takeOver()
				await processes[0]?.catchUp()
				expect(await storedSales(database)).toEqual(keptSales(log.transitions()))
			}),
			{ numRuns: engine === 'postgres' ? 30 : 10 },
		)
	})
})

async function act(action: Action, log: TestLog, processes: SalesProcess[]): Promise<void> {
	if (action.kind === 'append') for (const transition of action.transitions) log.append(transition, action.gap)
	else if (action.kind === 'putBack') log.putBack(Math.max(0, log.last() - action.by))
	else if (action.kind === 'catchUp') {
		await processes[action.process]?.takeOver()
		await processes[action.process]?.catchUp()
	} else await processes[action.process]?.[action.kind]()
}

/** Sales of minutes are kept for 30 days, and go with the day that they belong to. */
function keptSales(transitions: Transition[]) {
	const oldest = noon - 30 * 86_400_000
	const isKept = ({ atMs }: Transition) => atMs - (atMs % 86_400_000) + 86_400_000 > oldest
	return { ...plainSales(transitions, categoryOf), '1m': plainSales(transitions.filter(isKept), categoryOf)['1m'] }
}
