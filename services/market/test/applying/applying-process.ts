import { type ApplyRounds, applyRounds } from '../../src/applying/apply-rounds.ts'
import type { ApplyRoundsNeeds } from '../../src/applying/apply-rounds-needs.ts'
import { readStart } from '../../src/applying/read-start.ts'
import { noSpan } from '../../src/telemetry/pipeline-spans.ts'
import type { createCatalogModel, createFaults, createSourceModel } from './applying-fakes.ts'

const silent = { warn() {}, info() {} }

export type World = {
	catalog: ReturnType<typeof createCatalogModel>
	source: ReturnType<typeof createSourceModel>
	faults: ReturnType<typeof createFaults>
	random: () => number
	startSpan?: ApplyRoundsNeeds['startSpan']
}

/** Begins as a new process does. */
export async function startProcess({
	catalog,
	source,
	faults,
	random,
	startSpan = () => noSpan,
}: World): Promise<ApplyRounds & { isLost(): boolean }> {
	const { owner, ...position } = source.claim()
	let isLost = false
	const rounds = applyRounds(
		{
			storeRound: (wanted) => faults.run(() => source.storeRound(owner, wanted)),
			send: (sequence, prices) => faults.run(() => catalog.apply(sequence, prices)),
			startSpan,
			settled() {},
			refused() {},
			lost: () => {
				isLost = true
			},
			log: silent,
		},
		await readStart({ ...source, log: silent }, position),
		{ leastRoundMs: 0, firstBackoffMs: 0, replaceAfterMs: random() < 0.5 ? 0 : 300_000 },
	)
	return { ...rounds, isLost: () => isLost }
}
