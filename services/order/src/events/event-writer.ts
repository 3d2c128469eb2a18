import type { Assignment } from '@mercat/event-log/assignment'
import { createLogWriterMetrics, type LogWriter, startLogWriter } from '@mercat/event-log/log-writer'
import type { Logger } from '@mercat/service/log'
import { statementsInRun } from './logged-event.ts'

export type EventWriterNeeds = {
	/** Gives positions to the committed transitions of up to `limit` statements. */
	assignPositions(limit: number): Promise<Assignment>
	/** Deletes up to `limit` events that are older than `retentionMs`. Returns how many. */
	prune(retentionMs: number, limit: number): Promise<number>
	log: Logger
}

export type EventWriterOptions = { eventsRetentionMs: number }

const metrics = createLogWriterMetrics({ prefix: 'mercat_event', subject: 'transition' })

/** Gives positions to the events of committed transitions until it is disposed of. Also deletes old events. */
export function startEventWriter(
	{ assignPositions, prune, log }: EventWriterNeeds,
	{ eventsRetentionMs }: EventWriterOptions,
): LogWriter {
	return startLogWriter(
		{
			assign: () => assignPositions(statementsInRun),
			prune: (limit) => prune(eventsRetentionMs, limit),
			metrics,
			log,
		},
		{ name: 'events' },
	)
}
