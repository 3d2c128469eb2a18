import { readOptions } from './options.ts'
import { runBench } from './run-bench.ts'
import { UsageError } from './running/usage-error.ts'

const interruption = Promise.withResolvers<never>()
// A signal between two measures must not be an unhandled rejection: only a running measure awaits the promise.
interruption.promise.catch(() => {})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	// Not `once`: Ctrl-C arrives twice, directly and through the package manager, and the second signal must not end this
	// process before it has stopped its children.
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
