import type { ProblemCode } from '@mercat/rest-api/problem-table'

/** What a route tells about itself beside its schemas. */
export type RouteFacts = {
	/** A token needs one of these; undefined for a route that needs no token. */
	scopes?: readonly string[] | undefined
	/** The problems of this route, beside the ones that follow from its method, its path and its scopes. */
	problems?: readonly ProblemCode[] | undefined
	/** The headers of its successful answers, each of which the document describes. */
	answerHeaders?: readonly string[] | undefined
	/** Whether a request may come without a body. */
	bodyIsOptional?: boolean | undefined
}

/** The member of a made operation in which the facts of its route come. */
export const factsMember = 'x-route-facts'

/** A request by its route. */
export type RouteForm = RouteFacts & { method: string; path: string }

const ofEveryRequest: ProblemCode[] = ['INVALID_REQUEST']
const ofTheApi: ProblemCode[] = [
	'NOT_ACCEPTABLE',
	'REQUEST_INCOMPLETE',
	'URI_TOO_LONG',
	'UNSUPPORTED_MEDIA_TYPE',
	'RATE_LIMITED',
	'HEADERS_TOO_LARGE',
	'INTERNAL',
	'OVERLOADED',
	'REQUEST_TIMEOUT',
]
// The data of each route that needs a token is in the database.
const ofSignedIn: ProblemCode[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'DATABASE_UNAVAILABLE']

/** Every problem that a route may answer. */
export function problemsOf({ method, path, scopes, problems = [] }: RouteForm): ProblemCode[] {
	return [
		...ofEveryRequest,
		...problems,
		...(isOfTheApi(path) ? ofTheApi : []),
		...(scopes === undefined ? [] : ofSignedIn),
		...(path.includes('{') ? (['NOT_FOUND'] as const) : []),
		...(method === 'get' ? [] : (['PAYLOAD_TOO_LARGE'] as const)),
	]
}

/** Whether the rules and limits of the API hold for a path. Health checks and descriptions have none. */
export function isOfTheApi(path: string): boolean {
	return path.startsWith('/v1/')
}
