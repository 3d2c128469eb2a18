import type { FeedRunCounts__Output } from '@mercat/catalog-api/messages/FeedRunCounts'
import type { FinishFeedRunRequest__Output as Request } from '@mercat/catalog-api/messages/FinishFeedRunRequest'
import type { FinishFeedRunResponse as Response } from '@mercat/catalog-api/messages/FinishFeedRunResponse'
import { invalidField } from '@mercat/grpc-service/invalid-request'
import type { Budget } from '@mercat/service/budget'
import { amountProblem, textProblem } from '../errors/field-problems.ts'
import { countFeedRun } from './count-feed-runs.ts'
import { checkRun, type FeedRunCounts, type FeedRunEnd, feedRunEnded, readOutcome } from './feed-run.ts'

export type FinishFeedRunNeeds = {
	/** Whether the run has ended this way, by this call or by one before. */
	finish(end: FeedRunEnd, budget: Budget): Promise<'ended' | 'endedBefore' | 'endedOtherwise'>
}

const longestReason = 500
const longestValidator = 1_000

/** Ends a run with its outcome. The same call again changes nothing. */
export function finishFeedRun({ finish }: FinishFeedRunNeeds) {
	return async (request: Request, budget: Budget): Promise<Response> => {
		const { feed, runNumber, reason, validators } = request
		checkRun({ feed, runNumber })
		const outcome = readOutcome(request.outcome)
		checkText('reason', reason, longestReason)
		for (const [name, value] of Object.entries(validators ?? {})) {
			checkText(`validators.${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`, value, longestValidator)
		}
		const counts = readCounts(request.counts)
		const end = { feed, runNumber, outcome, reason, counts, validators: validators ?? undefined }
		switch (await finish(end, budget)) {
			case 'ended':
				countFeedRun(outcome)
				return {}
			case 'endedBefore':
				return {}
			case 'endedOtherwise':
				throw feedRunEnded(feed)
		}
	}
}

const noCounts: FeedRunCounts = {
	bytes: 0,
	attempts: 0,
	rows: 0,
	created: 0,
	updated: 0,
	unchanged: 0,
	held: 0,
	rejected: 0,
	missing: 0,
}

function readCounts(counts: FeedRunCounts__Output | null): FeedRunCounts {
	for (const [name, count] of Object.entries(counts ?? {})) {
		const problem = amountProblem(count)
		if (problem !== undefined) throw invalidField(`counts.${name}`, problem)
	}
	return { ...noCounts, ...counts }
}

function checkText(field: string, text: string, max: number): void {
	const problem = textProblem(text, { max })
	if (problem !== undefined) throw invalidField(field, problem)
}
