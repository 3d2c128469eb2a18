import { decodeTicks } from '../../folding/blocks/tick-codec.ts'
import { judgeAgain } from '../judging/judge-again.ts'
import type { JudgingPart } from '../judging/judging-part.ts'
import type { Judged } from '../judging/judging-result.ts'
import type { JudgingJob, ToJudge, ToReader } from './judging-messages.ts'

// So that the next part is there when one is done.
const partsAhead = 2

/** The work of a thread: judges the parts that come on the port, and returns what it has found. */
export async function judge({ settings, port }: JudgingJob): Promise<Judged> {
	const judging = judgeAgain(settings)
	const ended = Promise.withResolvers<void>()
	const ask = () => port.postMessage({ ticks: judging.ticks() } satisfies ToReader)

	function take(part: JudgingPart): void {
		if (part.kind === 'firsts') judging.restoreFirst(part.prices)
		else
			for (const { ticks, begunAtMs, isCounted } of part.blocks) judging.judge(decodeTicks(ticks), begunAtMs, isCounted)
		ask()
	}

	port.on('message', (part: ToJudge) => {
		try {
			if (part === undefined) ended.resolve()
			else take(part)
		} catch (error) {
			ended.reject(error)
		}
	})
	for (let part = 0; part < partsAhead; part++) ask()
	await ended.promise
	return judging.result()
}
