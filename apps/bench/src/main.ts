import { readOptions } from './options.ts'
import { runBench } from './run-bench.ts'
import { UsageError } from './running/usage-error.ts'

const interruption = Promise.withResolvers<never>()
// What is under way when it comes is told; between two measures nobody listens.
interruption.promise.catch(() => {})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	// More than once: Ctrl-C also reaches us through the package manager, and what we have started is to be ended first.
	process.on(signal, () => interruption.reject(new Error(`stopped by ${signal}`)))
}
try {
	await runBench(readOptions(process.argv.slice(2)), {
		packageManager: process.env['npm_execpath'],
		interruption: interruption.promise,
	})
	process.exit()
} catch (error) {
	console.error(error instanceof UsageError ? error.message : error)
	process.exit(error instanceof UsageError ? 2 : 1)
}
