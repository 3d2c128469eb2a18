import pg from 'pg'

/**
 * Opens a session with a server at the first statement, and anew after the session has failed.
 *
 * @returns a function that sends a statement when those before it are answered
 */
export function openServerSession(url: string): (statement: string) => Promise<pg.QueryResult> {
	// Kept open, because a new session costs more than most statements.
	let session: pg.Client | undefined
	let last: Promise<unknown> = Promise.resolve()

	async function connect(): Promise<pg.Client> {
		const client = new pg.Client(url)
		client.on('error', () => {
			if (session === client) session = undefined
		})
		await client.connect()
		return client
	}

	async function send(statement: string): Promise<pg.QueryResult> {
		session ??= await connect()
		return session.query(statement)
	}

	return (statement) => {
		const sent = last.then(() => send(statement))
		last = sent.catch(() => {})
		return sent
	}
}
