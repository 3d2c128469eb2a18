import type { Comparison, Measurement, Result, Unit } from '../running/measurement.ts'
import { type Overload, unexpected } from './overload-measurements.ts'
import { secondsUntilNormal } from './seconds-until-normal.ts'
import type { Watch } from './watch-processes.ts'

/** Compares the overloads of all contestants. */
export function compareOverloads(seen: Map<string, Overload>, comparisons: Comparison[]): Measurement[] {
	const measurement = (title: string, unit: Unit, valuesOf: (overload: Overload) => number[]): Measurement => {
		const results: Result[] = [...seen].map(([contestant, overload]) => {
			return { contestant, values: valuesOf(overload), failures: unexpected(overload.during), cpuMicros: {} }
		})
		return { title: `Overload: ${title}`, unit, results, comparisons }
	}
	const watches = [...seen.values()].flatMap((overload) => overload.watches)
	const roles = (isMeant: (watch: Watch) => boolean) => new Set(watches.filter(isMeant).map(({ role }) => role))
	return [
		measurement('most orders before it', 'orders/s', ({ best }) => best),
		measurement('orders', 'orders/s', ({ during }) => during.seconds.map(({ placed }) => placed)),
		measurement('p50 of an order', 'ms', ({ during }) => [during.accepted.p50Ms]),
		measurement('p99 of an order', 'ms', ({ during }) => [during.accepted.p99Ms]),
		measurement('p99 of a refusal', 'ms', ({ during }) => [during.refused.p99Ms]),
		measurement('time to recover', 's', ({ before, after }) => [secondsUntilNormal(before, after)]),
		...[...roles(({ residentMb }) => residentMb.length > 0)].map((role) =>
			measurement(`memory of ${role}`, 'MB', (overload) => watchOf(overload, role).residentMb),
		),
		...[...roles(() => true)].map((role) =>
			measurement(`CPU of ${role}`, 'cores', (overload) => watchOf(overload, role).cores),
		),
	]
}

function watchOf({ watches }: Overload, role: string): Watch {
	const watch = watches.find((candidate) => candidate.role === role)
	if (watch === undefined) throw new TypeError(`${role} was not watched`)
	return watch
}
