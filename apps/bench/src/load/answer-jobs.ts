/** Runs the jobs that the parent process sends, one after another, until it is gone. */
export function answerJobs<Job, Result>(run: (job: Job) => Promise<Result>): void {
	process.on('message', async (job: Job) => {
		const result = await run(job)
		process.send?.(result)
	})
	process.once('disconnect', () => process.exit())
}
