import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '@mercat/order-api/problem'
import { type ProblemCode, problemTable, slugOf } from '@mercat/order-api/problem-table'
import { Type } from '@sinclair/typebox'
import type { FastifyTypeBox } from '../http/fastify-typebox.ts'
import { problemResponses } from '../http/problems/problem-responses.ts'

export type OperationsRoutesNeeds = {
	/** Whether orders can be placed: the database can be written, the catalog is serving, and no shutdown was announced. */
	isReady(): Promise<boolean>
}

// A check that takes longer counts as not ready, so that a health check is always answered.
const readinessMs = 1_000

const Health = Type.Object({ status: Type.String() })
const ProblemMeaning = Type.Object({
	code: Type.String(),
	status: Type.Integer(),
	title: Type.String(),
	meaning: Type.String(),
	remedy: Type.String(),
})

/** Routes for health checks and for the descriptions of problem types. */
export function operationsRoutes(app: FastifyTypeBox, { isReady }: OperationsRoutesNeeds): void {
	app.get(
		'/livez',
		{
			schema: {
				summary: 'The process is up',
				tags: ['operations'],
				security: [],
				response: { 200: Health, ...problemResponses(400) },
			},
		},
		async () => ({
			status: 'ok',
		}),
	)

	app.get(
		'/readyz',
		{
			schema: {
				summary: 'Orders can be placed',
				tags: ['operations'],
				security: [],
				response: { 200: Health, 503: Health, ...problemResponses(400) },
			},
		},
		async (_request, reply) => {
			const ready = await Promise.race([isReady(), sleep(readinessMs, false)])
			if (!ready) reply.code(503)
			return { status: ready ? 'ok' : 'not ready' }
		},
	)

	app.get(
		'/problems/:slug',
		{
			schema: {
				summary: 'What a problem type means and what to do',
				tags: ['operations'],
				security: [],
				params: Type.Object({ slug: Type.String() }),
				response: { 200: ProblemMeaning, ...problemResponses(400, 404) },
			},
		},
		async ({ params: { slug } }) => {
			const code = (Object.keys(problemTable) as ProblemCode[]).find((known) => slugOf(known) === slug)
			if (code === undefined) throw new Problem('NOT_FOUND')
			const { status, title, meaning, remedy } = problemTable[code]
			return { code, status, title, meaning, remedy }
		},
	)
}
