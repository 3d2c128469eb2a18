import type { ProblemCode } from '@mercat/rest-api/problem-table'
import type { DocumentDetails } from './openapi/document-details.ts'

/** What the documentation of a service says beside what its routes say. */
export type ApiDescription = {
	title: string
	/** Markdown. */
	description: string
	tags: readonly { name: string; description: string }[]
	/** Where tokens come from, in Markdown. */
	aboutTokens: string
	/** What a service that is ready can do. */
	readiness: {
		ready: string
		notReady: string
		/** As a clause, such as `Whether orders can be placed`. */
		question: string
		description: string
	}
	/** The codes of all problems that the service answers. */
	problems: readonly ProblemCode[]
	/** Loads what only the document needs, at the first request for it. */
	loadDetails(): Promise<DocumentDetails>
}
