import { isOrderPlaced, isRefusal, type PhaseResult } from '../load/phase.ts'
import { memoryGrowth } from '../measures/memory-growth.ts'
import { addFailures, type Measurement, type Result, type Target, type Unit } from '../running/measurement.ts'
import { secondsUntilNormal } from './seconds-until-normal.ts'
import type { Watch } from './watch-processes.ts'

/** The observations of one contestant. */
export type Overload = {
	/** Orders placed in each second, with the number of clients that gave the most orders. */
	best: number[]
	/** Before the overload, at half the rate of `best`. */
	before: PhaseResult
	/** At three times the rate of `best`. */
	during: PhaseResult
	/** Right after the overload, at half the rate of `best` again. */
	after: PhaseResult
	/** CPU and memory during the overload. */
	watches: Watch[]
}

const requestBudgetMs = 2_000
const mostRefusalMs = 50

/** The measurements of one overload, with their targets. */
export function overloadMeasurements(contestant: string, seen: Overload): Measurement[] {
	const { best, before, during, after, watches } = seen
	const title = (text: string) => `Overload, ${contestant}: ${text}`
	const single = (text: string, unit: Unit, value: number, target?: Target): Measurement => {
		return {
			title: title(text),
			unit,
			results: [resultOf(contestant, [value])],
			comparisons: [{ of: contestant, target }],
		}
	}
	const toBest = (text: string, unit: Unit, result: Result, target?: Target): Measurement => ({
		title: title(text),
		unit,
		results: [result, resultOf('best', best)],
		comparisons: [{ of: contestant, to: 'best', target }],
	})
	const placed = during.seconds.map(({ placed }) => placed)
	const sent = during.seconds.map(({ outcomes }) => sum(Object.values(outcomes)))
	const refusals = during.refused.count === 0 ? [] : [during.refused.p99Ms]
	return [
		// Fewer than were due: a request is not sent while all connections wait for a response.
		toBest('sent', 'requests/s', resultOf(contestant, sent)),
		toBest('orders', 'orders/s', resultOf(contestant, placed, unexpected(during)), { bound: 'at least', value: 0.8 }),
		single('p50 of an order', 'ms', during.accepted.p50Ms),
		single('p99 of an order', 'ms', during.accepted.p99Ms, { bound: 'at most', value: requestBudgetMs }),
		...refusals.map((p99Ms) => single('p99 of a refusal', 'ms', p99Ms, { bound: 'at most', value: mostRefusalMs })),
		single('time to recover', 's', secondsUntilNormal(before, after), { bound: 'at most', value: 5 }),
		...watches
			.filter(({ residentMb }) => residentMb.length > 0)
			.map(({ role, residentMb }) => memoryGrowth(title(`memory of ${role}`), residentMb)),
		{
			title: title('CPU'),
			unit: 'cores',
			results: watches.map(({ role, cores }) => resultOf(role, cores)),
			comparisons: watches.map(({ role }) => ({ of: role })),
		},
	]
}

function resultOf(contestant: string, values: number[], failures: Result['failures'] = {}): Result {
	return { contestant, values, failures, cpuMicros: {} }
}

/** Counts the outcomes that are neither a placed order nor a refusal. */
export function unexpected({ seconds }: PhaseResult): Result['failures'] {
	const failures: Result['failures'] = {}
	for (const { outcomes } of seconds) addFailures(failures, outcomes)
	return Object.fromEntries(
		Object.entries(failures).filter(([outcome]) => !isOrderPlaced(outcome) && !isRefusal(outcome)),
	)
}

function sum(values: number[]): number {
	return values.reduce((total, value) => total + value, 0)
}
