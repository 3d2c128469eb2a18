import type { Outbox, OutboxMessageView, OutboxQuery } from '@mercat/order-api/outbox-schemas'
import { Problem, parameterPlace } from '@mercat/order-api/problem'
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

const defaultPageSize = 20
const largestPageSize = 100

/**
 * Lists a page of the commands that are not delivered.
 *
 * @throws Problem INVALID_REQUEST for a page token of another query
 */
export function listOutbox(needs: ListOutboxNeeds) {
	return async ({ state, pageToken, ...query }: OutboxQuery, budget: Budget): Promise<Outbox> => {
		const pageSize = Math.min(query.pageSize || defaultPageSize, largestPageSize)
		const otherArguments = [state ?? null]
		const after = pageToken === '' ? undefined : needs.commandPageTokens.decode(pageToken, otherArguments)
		if (pageToken !== '' && after === undefined) {
			throw new Problem('INVALID_REQUEST', {
				errors: [{ ...parameterPlace('pageToken'), code: 'pageToken', detail: 'must belong to this query' }],
			})
		}
		const states: OpenCommand['state'][] = state === undefined ? ['pending', 'dead'] : [state]
		const found = await needs.listOpenCommands({ states, after, limit: pageSize + 1 }, budget)
		const page = found.slice(0, pageSize)
		const last = page.at(-1)
		const nextPageToken =
			found.length > pageSize && last
				? needs.commandPageTokens.encode({ createdAt: last.createdAt.toISOString(), id: last.id }, otherArguments)
				: ''
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
