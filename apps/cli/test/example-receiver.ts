import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type ExampleReceiver = Awaited<ReturnType<typeof startExampleReceiver>>

/** Runs an example that receives webhooks, until it listens. It takes any free port unless told otherwise. */
export async function startExampleReceiver(interpreter: string, name: string, secret: string, wantedPort = 0) {
	const program = fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url))
	const env = { ...process.env, WEBHOOK_SECRET: secret, PORT: String(wantedPort) }
	const child = spawn(interpreter, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] })
	const ended = once(child, 'close')
	const output = createInterface(child.stdout)
	const [first] = await Promise.race([
		once(output, 'line'),
		ended.then(() => Promise.reject(new Error(`${name} ended before it listened`))),
	])
	const lines: string[] = []
	output.on('line', (line) => lines.push(line))
	return {
		url: `http://127.0.0.1:${/^port (\d+)$/.exec(first)?.[1]}/`,
		/** A line for each event. */
		lines,
		async [Symbol.asyncDispose]() {
			child.kill()
			await ended
		},
	}
}
