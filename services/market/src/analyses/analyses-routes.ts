import {
	AnalysisIdParams,
	AnalysisListSchema,
	AnalysisSchema,
	NewAnalysisSchema,
} from '@mercat/market-api/analysis-schemas'
import type { ProblemCode } from '@mercat/rest-api/problem-table'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import { Type } from '@sinclair/typebox'
import { manageScope, readScope } from '../http/market-scopes.ts'
import { type ManageAnalysesNeeds, manageAnalyses } from './manage-analyses.ts'

export type AnalysesRoutesNeeds = ManageAnalysesNeeds

const tags = ['analyses']
const ofOne = ['ANALYSIS_NOT_FOUND'] satisfies ProblemCode[]

/** The routes about analyses of stored ticks, for a scope that requires a sign-in. */
export function analysesRoutes(app: FastifyTypeBox, needs: AnalysesRoutesNeeds): void {
	const analyses = manageAnalyses(needs)

	app.post(
		'/v1/analyses',
		{
			config: { scopes: [manageScope], problems: ['TOO_MANY_ANALYSES'], answerHeaders: ['Location'] },
			schema: {
				operationId: 'startAnalysis',
				summary: 'Judge stored ticks again, by other settings',
				description:
					'Finds out what the checks would have held. It changes nothing: no price, no hold, no stored verdict. One analysis runs at a time, and ten wait.',
				tags,
				body: Type.Ref(NewAnalysisSchema),
				response: { 202: Type.Ref(AnalysisSchema, { description: 'It waits for its turn' }) },
			},
		},
		async (request, reply) => {
			const analysis = await analyses.start(request.body, request.identity.subject, request.budget)
			reply.code(202).header('location', `/v1/analyses/${analysis.id}`)
			return analysis
		},
	)

	app.get(
		'/v1/analyses',
		{
			config: { scopes: [readScope, manageScope] },
			schema: {
				operationId: 'listAnalyses',
				summary: 'List the analyses, without their results',
				description: 'Every process of the service tells the same.',
				tags,
				querystring: Type.Object({}, { additionalProperties: false }),
				response: { 200: Type.Ref(AnalysisListSchema, { description: 'The analyses, the newest first' }) },
			},
		},
		async (request, reply) => {
			reply.header('cache-control', 'no-store')
			return analyses.list(request.budget)
		},
	)

	app.get(
		'/v1/analyses/:id',
		{
			config: { scopes: [readScope, manageScope], problems: ofOne },
			schema: {
				operationId: 'getAnalysis',
				summary: 'Read an analysis, with its progress or its result',
				description: 'One whose process has died has failed.',
				tags,
				params: AnalysisIdParams,
				response: { 200: Type.Ref(AnalysisSchema, { description: 'The analysis' }) },
			},
		},
		async (request, reply) => {
			reply.header('cache-control', 'no-store')
			return analyses.read(request.params.id, request.budget)
		},
	)

	app.delete(
		'/v1/analyses/:id',
		{
			config: { scopes: [manageScope], problems: ofOne, bodyIsOptional: true },
			schema: {
				operationId: 'cancelAnalysis',
				summary: 'Cancel an analysis that waits or runs',
				description: 'One that is over stays as it is.',
				tags,
				params: AnalysisIdParams,
				response: { 200: Type.Ref(AnalysisSchema, { description: 'The analysis as it is now' }) },
			},
		},
		(request) => analyses.cancel(request.params.id, request.budget),
	)
}
