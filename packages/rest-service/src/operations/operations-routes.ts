import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '@mercat/rest-api/problem'
import { type ProblemCode, problemTable, slugOf } from '@mercat/rest-api/problem-table'
import { Type } from '@sinclair/typebox'
import type { FastifyTypeBox } from '../http/fastify-typebox.ts'
import type { ApiDescription } from './api-description.ts'

export type OperationsRoutesNeeds = {
	/** Whether the service can do its work, and no shutdown was announced. */
	isReady(): Promise<boolean>
}

// A check that takes longer counts as not ready, so that a health check is always answered.
const readinessMs = 1_000

const links = { docs: '/docs/', openapi: '/openapi.json', problems: '/problems', health: '/readyz' }
const Links = (health: string) =>
	Type.Object(
		{
			docs: Type.String({ description: 'A page to read and try the API' }),
			openapi: Type.String({ description: 'The OpenAPI document' }),
			problems: Type.String({ description: 'Every problem type' }),
			health: Type.String({ description: health }),
		},
		{ description: 'Paths of this service' },
	)

const health = (description: string) => Type.Object({ status: Type.String() }, { description })
const ProblemMeaning = Type.Object(
	{
		code: Type.String(),
		type: Type.String({ description: 'The path of this description' }),
		status: Type.Integer(),
		title: Type.String(),
		meaning: Type.String({ description: 'What has happened, and what has not' }),
		remedy: Type.String({ description: 'What the client can do' }),
	},
	{ description: 'The problem type' },
)

/** Routes for health checks and for the descriptions of problem types. */
export function operationsRoutes(
	app: FastifyTypeBox,
	{ isReady }: OperationsRoutesNeeds,
	{ readiness, problems: codes }: Pick<ApiDescription, 'readiness' | 'problems'>,
): void {
	app.get(
		'/livez',
		{
			schema: {
				operationId: 'getLiveness',
				summary: 'The process is up',
				description: 'A process that does not answer should be started anew.',
				tags: ['operations'],
				security: [],
				response: { 200: health('The process is up') },
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
				operationId: 'getReadiness',
				summary: readiness.ready,
				description: readiness.description,
				tags: ['operations'],
				security: [],
				response: { 200: health(readiness.ready), 503: health(readiness.notReady) },
			},
		},
		async (_request, reply) => {
			const ready = await Promise.race([isReady(), sleep(readinessMs, false)])
			if (!ready) reply.code(503)
			return { status: ready ? 'ok' : 'not ready' }
		},
	)

	app.get(
		'/',
		{
			schema: {
				operationId: 'getLinks',
				summary: 'Where to go from here',
				description: 'The paths of the documentation, the problems and the health check.',
				tags: ['operations'],
				security: [],
				response: { 200: Links(readiness.question) },
			},
		},
		async () => links,
	)

	app.get(
		'/problems',
		{
			schema: {
				operationId: 'listProblems',
				summary: 'Every problem type: what it means and what to do',
				description: 'An error has the `code` of one of them.',
				tags: ['operations'],
				security: [],
				response: {
					200: Type.Object({ problems: Type.Array(ProblemMeaning) }, { description: 'Every problem type' }),
				},
			},
		},
		async () => ({ problems: codes.map(meaningOf) }),
	)

	app.get(
		'/problems/:slug',
		{
			schema: {
				operationId: 'getProblem',
				summary: 'What a problem type means and what to do',
				description: 'The path is the `type` of the problem. Its `code` in place of the slug has the same answer.',
				tags: ['operations'],
				security: [],
				params: Type.Object({
					slug: Type.String({ description: 'The code of the problem in lower case, with hyphens' }),
				}),
				response: { 200: ProblemMeaning },
			},
		},
		async ({ params: { slug } }) => {
			const code = codes.find((known) => slugOf(known) === slug || known === slug)
			if (code === undefined) throw new Problem('NOT_FOUND')
			return meaningOf(code)
		},
	)
}

function meaningOf(code: ProblemCode) {
	const { status, title, meaning, remedy } = problemTable[code]
	return { code, type: `/problems/${slugOf(code)}`, status, title, meaning, remedy }
}
