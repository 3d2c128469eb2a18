/** Runs each job that the parent process sends and sends the result back. Exits when the parent disconnects. */
export function answerJobs<Job, Result>(run: (job: Job) => Promise<Result>): void {
	process.on('message', async (job: Job) => {
		const result = await run(job)
		process.send?.(result)
	})
	process.once('disconnect', () => process.exit())
}
