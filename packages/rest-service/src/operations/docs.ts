import swagger from '@fastify/swagger'
import { type FastifyContextConfig, type FastifyInstance, type FastifySchema, fastify } from 'fastify'
import { pageSecurityHeaders } from '../http/security-headers.ts'
import type { ApiDescription } from './api-description.ts'
import type { OpenApiDocument } from './openapi/openapi-document.ts'
import { factsMember, type RouteFacts } from './openapi/route-facts.ts'

declare module 'fastify' {
	interface FastifyContextConfig extends Pick<RouteFacts, 'problems' | 'answerHeaders'> {}
}

/** Makes an OpenAPI 3.1 document from the schemas of all routes that are registered later. */
export async function registerOpenApi(
	app: FastifyInstance,
	{ title, description, tags, aboutTokens }: ApiDescription,
): Promise<void> {
	await app.register(swagger, {
		openapi: {
			openapi: '3.1.0',
			info: { title, description, version: '1.0.0', license: { name: 'MIT', identifier: 'MIT' } },
			servers: [{ url: '/' }],
			tags: [...tags],
			components: {
				securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: aboutTokens } },
			},
			security: [{ token: [] }],
		},
		transform: ({ schema, url, route: { config } }) => ({
			schema: { ...schema, [factsMember]: factsOf(config) } as FastifySchema,
			url,
		}),
		refResolver: {
			buildLocalReference: (schema, _base, _fragment, index) => String(schema['$id'] ?? `schema-${index}`),
		},
	})
}

function factsOf({ scopes, problems, answerHeaders, bodyIsOptional }: FastifyContextConfig = {}): RouteFacts {
	return { scopes, problems, answerHeaders, bodyIsOptional }
}

/** Routes for the OpenAPI document and for a page that shows it. */
export async function docsRoutes(app: FastifyInstance, api: ApiDescription): Promise<void> {
	let loading: Promise<Map<string, PageFile>> | undefined
	let document: string | undefined
	app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
		document ??= await makeDocument(app, api)
		return reply.type('application/json; charset=utf-8').send(document)
	})
	app.get('/docs', { schema: { hide: true } }, async (_request, reply) => reply.redirect('/docs/', 301))
	for (const path of pagePaths) {
		app.get(path, { schema: { hide: true } }, async (_request, reply) => {
			loading ??= loadPage(api).catch((error) => {
				loading = undefined
				throw error
			})
			const { type, content } = (await loading).get(path) as PageFile
			// The page has scripts and styles of its own, which the policy of the API forbids.
			return reply
				.headers({ ...pageSecurityHeaders, 'content-security-policy': pagePolicy, 'content-type': type })
				.send(content)
		})
	}
}

// The texts and examples are loaded at the first request for the document, and the document is written once.
async function makeDocument(app: FastifyInstance, { problems, loadDetails }: ApiDescription): Promise<string> {
	const { describeDocument } = await import('./openapi/describe-document.ts')
	return JSON.stringify(describeDocument(app.swagger() as OpenApiDocument, problems, await loadDetails()))
}

type PageFile = { type: string; content: Buffer }

const pagePaths = ['/docs/', '/docs/js/scalar.js']
const pagePolicy =
	"default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"

// The library of the page takes 20 MB, so it is loaded at the first request for the page.
async function loadPage({ title }: ApiDescription): Promise<Map<string, PageFile>> {
	const { default: scalar } = await import('@scalar/fastify-api-reference')
	const page = fastify()
	await page.register(scalar, {
		routePrefix: '/docs',
		configuration: {
			url: '/openapi.json',
			pageTitle: title,
			withDefaultFonts: false,
			telemetry: false,
			// These features of the page call hosts of its vendor, which the policy forbids.
			showDeveloperTools: 'never',
			hideClientButton: true,
			agent: { disabled: true },
			mcp: { disabled: true },
		},
	})
	const files = pagePaths.map(async (path): Promise<[string, PageFile]> => {
		const { headers, rawPayload } = await page.inject(path)
		return [path, { type: String(headers['content-type']), content: rawPayload }]
	})
	return new Map(await Promise.all(files))
}
