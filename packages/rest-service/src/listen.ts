import type { FastifyTypeBox } from './http/fastify-typebox.ts'

// Connections that wait to be accepted. The kernel has its own limit (net.core.somaxconn).
const backlog = 4_096

/** Listens on a host and a port; 0 is any free port. Returns where it listens. */
export async function listen(
	app: FastifyTypeBox,
	{ host, port }: { host: string; port: number },
): Promise<{ host: string; port: number }> {
	await app.listen({ host, port, backlog })
	return { host, port: (app.server.address() as { port: number }).port }
}
