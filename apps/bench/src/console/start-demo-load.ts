import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Bench } from '../running/bench.ts'

/**
 * Runs `mercat demo-load` beside the load of the bench, so that orders are paid, shipped and refused. Disposing of it ends
 * it.
 */
export function startDemoLoad({ own, secret }: Bench, origin: string, ratePerSecond: number): AsyncDisposable {
	const args = [own.command, 'demo-load', '--rate', String(ratePerSecond), '--orders', origin]
	const child = spawn(process.execPath, args, {
		env: { JWT_SECRET: secret },
		detached: true,
		stdio: ['ignore', 'ignore', 'inherit'],
	})
	const ended = once(child, 'exit')
	return {
		async [Symbol.asyncDispose]() {
			child.kill('SIGTERM')
			await ended
		},
	}
}
