import type { Server } from '@grpc/grpc-js'
import { HealthImplementation } from 'grpc-health-check'

/** Adds `grpc.health.v1.Health` to a server with some services. They are unknown until the status is set. */
export function addHealth(server: Server, services: readonly string[]): { set(isServing: boolean): void } {
	const health = new HealthImplementation()
	health.addToServer(server)
	let current: boolean | undefined
	return {
		set(isServing) {
			// A watcher gets a message for each status that is set, also for an equal one.
			if (isServing === current) return
			current = isServing
			for (const name of ['', ...services]) health.setStatus(name, isServing ? 'SERVING' : 'NOT_SERVING')
		},
	}
}
