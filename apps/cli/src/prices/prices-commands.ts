import type { Money__Output } from '@mercat/catalog-api/messages/Money'
import { openCatalogCalls } from '../catalog/open-catalog-calls.ts'
import { type Decision, decideHold } from './decide-hold.ts'
import { describeAbsence } from './describe-absence.ts'
import { findHolds, type HoldFilter, listHolds } from './find-holds.ts'
import { describeHold } from './hold-lines.ts'

/** As `HOST:PORT`. */
type Target = { catalog: string }

/** Runs `mercat prices held`, which prints a line for each held price. */
export async function runPricesHeld(
	{ catalog, ...filter }: Target & HoldFilter,
	env: NodeJS.ProcessEnv,
): Promise<void> {
	using calls = openCatalogCalls(catalog, env)
	let count = 0
	for await (const hold of listHolds(calls, filter)) {
		console.log(describeHold(hold))
		count++
	}
	console.log(count === 1 ? '1 price is held' : `${count} prices are held`)
}

/**
 * Runs `mercat prices approve` and `mercat prices reject`. Each decision is about the price that the command has printed.
 *
 * @param options `price` is the price that each hold must have
 * @returns the exit code: 1 when a hold was not decided
 */
export async function runPricesDecision(
	decision: Decision,
	ids: readonly string[],
	{ catalog, price }: Target & { price?: Money__Output },
	env: NodeJS.ProcessEnv,
): Promise<number> {
	using calls = openCatalogCalls(catalog, env)
	const wanted = [...new Set(ids)]
	const holds = await findHolds(calls, wanted)
	let failed = 0
	for (const id of wanted) {
		const hold = holds.get(id)
		const problem =
			hold === undefined ? await describeAbsence(calls, id) : await decideHold(calls, hold, decision, price)
		if (problem === undefined) continue
		console.error(`mercat: ${problem}`)
		failed++
	}
	return failed === 0 ? 0 : 1
}
