import { pageSecurityHeaders } from '@mercat/rest-service/security-headers'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { consolePolicy } from './console-policy.ts'

export type ConsoleRoutesNeeds = {
	/** Reads the files of the console. It is called at the first request. */
	loadPage(): Promise<ConsoleFiles>
	/** Where browsers reach the REST API of the market service, without a slash at the end. Undefined without one. */
	marketUrl: string | undefined
}

export type ConsoleFiles = {
	/** By path below `/console/`. The page itself is `''`. */
	files: ReadonlyMap<string, { type: string; content: Buffer; etag: string }>
	/** The digests of the scripts in the page itself. */
	inlineScripts: readonly string[]
}

type Loaded = ConsoleFiles & { headers: Readonly<Record<string, string>> }

/** The page for staff. It holds no secret: it asks for a token, and everything that it shows comes from the API. */
export function consoleRoutes(app: FastifyInstance, { loadPage, marketUrl }: ConsoleRoutesNeeds): void {
	let loading: Promise<Loaded> | undefined
	const load = (): Promise<Loaded> => {
		loading ??= loadPage()
			.then((page) => ({ ...page, headers: headersOf(page, marketUrl) }))
			.catch((error) => {
				loading = undefined
				throw error
			})
		return loading
	}
	const schema = { hide: true }
	app.get('/console', { schema }, async (_request, reply) => reply.redirect('/console/', 308))
	app.get('/console/settings.json', { schema }, async (_request, reply) =>
		reply.header('cache-control', 'no-cache').send({ marketUrl }),
	)
	app.get('/console/', { schema }, async (request, reply) => answerFile('', request, reply))
	app.get<{ Params: { '*': string } }>('/console/*', { schema }, async (request, reply) =>
		answerFile(request.params['*'], request, reply),
	)

	async function answerFile(path: string, request: FastifyRequest, reply: FastifyReply) {
		const { files, headers } = await load()
		const file = files.get(path)
		// Only names of the list are served, so no path leads anywhere else.
		if (file === undefined) return reply.callNotFound()
		reply.headers({ ...headers, etag: file.etag })
		if (isKnown(request.headers['if-none-match'], file.etag)) return reply.code(304).send()
		return reply.type(file.type).send(file.content)
	}
}

function headersOf({ inlineScripts }: ConsoleFiles, marketUrl: string | undefined): Record<string, string> {
	return {
		...pageSecurityHeaders,
		'content-security-policy': consolePolicy(inlineScripts, marketUrl),
		// The files of a new version have the same names, so a browser asks each time whether its copy is the latest.
		'cache-control': 'no-cache',
	}
}

function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
	return ifNoneMatch?.split(',').some((each) => ['*', etag, `W/${etag}`].includes(each.trim())) === true
}
