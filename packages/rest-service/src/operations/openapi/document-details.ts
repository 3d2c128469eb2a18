import type { ProblemCode } from '@mercat/rest-api/problem-table'
import type { DescribedHeader } from './answer-headers.ts'
import type { ProblemMembers } from './problem-members.ts'

/** What a service adds to the document that the schemas of its routes give. */
export type DocumentDetails = {
	/**
	 * Examples of bodies by the name of their schema, or by the operation and the name where one operation differs. The status
	 * stands in for the name of a schema that has none.
	 */
	bodyExamples: Record<string, unknown>
	/** Examples of required parameters by their name, or by the capability, as its path names it, and the name. */
	parameterExamples: Record<string, unknown>
	/** The headers of answers that are not common to all services. */
	answerHeaders: Record<string, DescribedHeader>
	/** The members of the problems that have some of their own. */
	problemMembers: Partial<Record<ProblemCode, ProblemMembers>>
	/** The path of a request, for the examples of problems. */
	examplePath: string
	/** The requests that the service makes, by their names. */
	webhooks?: Record<string, object>
}
