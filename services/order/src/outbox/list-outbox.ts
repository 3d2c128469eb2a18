import type { Outbox, OutboxMessageView, OutboxQuery } from '@mercat/order-api/outbox-schemas'
import { cutPage, readPage } from '@mercat/rest-service/page'
import type { Budget } from '@mercat/service/budget'
import type { PageTokens } from '@mercat/service/page-token'
import type { OpenCommand } from './outbox-message.ts'

/** A page of the commands to the catalog that are not delivered. */
export type OpenCommandsQuery = {
	states: OpenCommand['state'][]
	/** The page begins after this command. Undefined finds the first page. */
	after?: CommandPosition | undefined
	limit: number
}

export type CommandPosition = { createdAt: string; id: number }

export type ListOutboxNeeds = {
	/** The oldest first. */
	listOpenCommands(query: OpenCommandsQuery, budget: Budget): Promise<OpenCommand[]>
	commandPageTokens: PageTokens<CommandPosition>
}

/**
 * Lists a page of the commands that are not delivered.
 *
 * @throws Problem INVALID_REQUEST for a page token of another query
 */
export function listOutbox(needs: ListOutboxNeeds) {
	return async (query: OutboxQuery, budget: Budget): Promise<Outbox> => {
		const { state } = query
		const requested = readPage(needs.commandPageTokens, query, [state ?? null])
		const states: OpenCommand['state'][] = state === undefined ? ['pending', 'dead'] : [state]
		const found = await needs.listOpenCommands({ states, after: requested.after, limit: requested.size + 1 }, budget)
		const { page, nextPageToken } = cutPage(found, requested, ({ createdAt, id }) => ({
			createdAt: createdAt.toISOString(),
			id,
		}))
		return { messages: page.map(toView), nextPageToken }
	}
}

function toView({ id, createdAt, nextAttemptAt, ...command }: OpenCommand): OutboxMessageView {
	return {
		...command,
		id: String(id),
		createdAt: createdAt.toISOString(),
		nextAttemptAt: command.state === 'pending' ? nextAttemptAt.toISOString() : null,
	}
}
