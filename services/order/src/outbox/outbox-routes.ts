import { OutboxQuerySchema, OutboxSchema, RedrivenSchema, RedriveSchema } from '@mercat/order-api/outbox-schemas'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import type { Budget } from '@mercat/service/budget'
import { Type } from '@sinclair/typebox'
import { staffScope } from '../http/staff.ts'
import { type ListOutboxNeeds, listOutbox } from './list-outbox.ts'

export type OutboxRoutesNeeds = ListOutboxNeeds & {
	/** Makes dead commands due now: all of them, or those of one order. Returns how many. */
	redriveCommands(orderId: string | undefined, budget: Budget): Promise<number>
	/** Looks for commands now. */
	wakeRelays(): void
}

const config = { scopes: [staffScope] }
const tags = ['outbox']

/** The routes about commands to the catalog, for a scope that requires a sign-in. */
export function outboxRoutes(app: FastifyTypeBox, needs: OutboxRoutesNeeds): void {
	const list = listOutbox(needs)

	app.get(
		'/v1/outbox',
		{
			config,
			schema: {
				operationId: 'listOutbox',
				summary: 'List the commands to the catalog that are not delivered, the oldest first',
				description:
					'For staff. Each sells the stock of an order or gives it back. A pending command is tried again by itself; a dead one is not.',
				tags,
				querystring: OutboxQuerySchema,
				response: { 200: Type.Ref(OutboxSchema, { description: 'A page of commands' }) },
			},
		},
		(request) => list(request.query, request.budget),
	)

	app.post(
		'/v1/outbox/redrive',
		{
			config: { ...config, bodyIsOptional: true },
			schema: {
				operationId: 'redriveOutbox',
				summary: 'Send dead commands to the catalog again',
				description:
					'For staff. They are due at once, with no attempt counted. Repeating the request is safe: a command that is pending again stays as it is, and the catalog carries out each command once.',
				tags,
				body: Type.Ref(RedriveSchema),
				response: { 200: Type.Ref(RedrivenSchema, { description: 'How many commands are sent again' }) },
			},
		},
		async ({ body, budget }) => {
			const redriven = await needs.redriveCommands(body.orderId?.toLowerCase(), budget)
			if (redriven > 0) needs.wakeRelays()
			return { redriven }
		},
	)
}
