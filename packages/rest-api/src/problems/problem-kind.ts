/** An entry of the table of problems. */
export type ProblemKind = {
	/** The HTTP status. */
	status: number
	title: string
	/** What has happened, and what has not. */
	meaning: string
	/** What the client can do. */
	remedy: string
	/** After how many seconds a repeated request may succeed. */
	retryAfterS?: number
}
