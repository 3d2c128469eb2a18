import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { GrpcJob } from './grpc-generator.ts'
import type { HttpJob } from './http-generator.ts'
import type { LoadResult } from './load-result.ts'
import type { PhaseResult } from './phase.ts'
import type { PhasesJob } from './phases-generator.ts'

/** A load generator in a process of its own. All contestants of a measure share it. */
export type Generator<Job, Result = LoadResult> = AsyncDisposable & {
	pid: number
	run(job: Job): Promise<Result>
}

/** @param interruption rejects when the run is interrupted */
export const startHttpGenerator = (interruption: Promise<never>) =>
	startGenerator<HttpJob, LoadResult>(import.meta.resolve('./http-generator.ts'), interruption)

/** @param interruption rejects when the run is interrupted */
export const startGrpcGenerator = (interruption: Promise<never>) =>
	startGenerator<GrpcJob, LoadResult>(import.meta.resolve('./grpc-generator.ts'), interruption)

/** @param interruption rejects when the run is interrupted */
export const startPhasesGenerator = (interruption: Promise<never>) =>
	startGenerator<PhasesJob, PhaseResult[]>(import.meta.resolve('./phases-generator.ts'), interruption)

/**
 * Starts a process that answers jobs.
 *
 * @param entryPoint URL of the module to run
 * @param interruption rejects when the run is interrupted
 */
export function startGenerator<Job extends object, Result>(
	entryPoint: string,
	interruption: Promise<never>,
): Generator<Job, Result> {
	const child = fork(fileURLToPath(entryPoint), [], {
		env: {},
		execArgv: [],
		detached: true,
		stdio: ['ignore', 2, 2, 'ipc'],
	})
	const ended = once(child, 'exit')
	return {
		pid: child.pid as number,
		async run(job) {
			const answered = once(child, 'message')
			child.send(job)
			const failed = ended.then(() => Promise.reject(new Error('the load generator has ended')))
			const [result] = await Promise.race([answered, failed, interruption])
			return result as Result
		},
		async [Symbol.asyncDispose]() {
			if (child.connected) child.disconnect()
			await ended
		},
	}
}
