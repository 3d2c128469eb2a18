import pg from 'pg'

/**
 * Makes a PostgreSQL server hang, with every session that it has.
 *
 * @param pid the process that starts the others
 * @returns a function that lets it go on
 */
export async function pauseServer(url: string, pid: number): Promise<() => void> {
	const client = new pg.Client(url)
	client.on('error', () => {})
	await client.connect()
	// From now on there are no new sessions.
	process.kill(pid, 'SIGSTOP')
	const { rows } = await client.query<{ pid: number }>('select pid from pg_stat_activity where pid is not null')
	const pids = [pid, ...rows.map((row) => row.pid)]
	for (const each of pids) sendSignal(each, 'SIGSTOP')
	client.connection.stream.destroy()
	return () => {
		for (const each of pids) sendSignal(each, 'SIGCONT')
	}
}

// A session may have ended by itself.
function sendSignal(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(pid, signal)
	} catch (error) {
		if ((error as { code?: unknown }).code !== 'ESRCH') throw error
	}
}
