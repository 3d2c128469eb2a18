import swagger from '@fastify/swagger'
import { type FastifyContextConfig, type FastifyInstance, type FastifySchema, fastify } from 'fastify'
import { pageSecurityHeaders } from '../http/security-headers.ts'
import type { OpenApiDocument } from './openapi/openapi-document.ts'
import { factsMember, type RouteFacts } from './openapi/route-facts.ts'

declare module 'fastify' {
	interface FastifyContextConfig extends Pick<RouteFacts, 'problems' | 'answerHeaders'> {}
}

const aboutTokens =
	'The token comes from your issuer. To try the API, take the token that `mercat start` prints, or that `npx --yes pnpm@12 mercat token --sub demo` prints. It has the scopes `orders:read` and `orders:write`; `--scope` gives others.'

/** Makes an OpenAPI 3.1 document from the schemas of all routes that are registered later. */
export async function registerOpenApi(app: FastifyInstance): Promise<void> {
	await app.register(swagger, {
		openapi: {
			openapi: '3.1.0',
			info: {
				title: 'Mercat orders',
				description: `Orders over REST, checked and priced by the catalog. Repeating a request with its idempotency key is always safe.\n\nProducts need no token; orders, events and webhooks need one. ${aboutTokens}`,
				version: '1.0.0',
				license: { name: 'MIT', identifier: 'MIT' },
			},
			servers: [{ url: '/' }],
			tags: [
				{ name: 'orders', description: 'Place orders, read them, and lead them to their delivery' },
				{ name: 'events', description: 'The log of every transition of every order' },
				{ name: 'webhooks', description: 'URLs that get events, and their deliveries' },
				{ name: 'outbox', description: 'Commands to the catalog that are not delivered' },
				{ name: 'products', description: 'The products of the catalog' },
				{ name: 'operations', description: 'Health checks, and the meaning of problems' },
			],
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
export async function docsRoutes(app: FastifyInstance): Promise<void> {
	let loading: Promise<Map<string, PageFile>> | undefined
	let document: string | undefined
	app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
		document ??= await makeDocument(app)
		return reply.type('application/json; charset=utf-8').send(document)
	})
	app.get('/docs', { schema: { hide: true } }, async (_request, reply) => reply.redirect('/docs/', 301))
	for (const path of pagePaths) {
		app.get(path, { schema: { hide: true } }, async (_request, reply) => {
			loading ??= loadPage().catch((error) => {
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
async function makeDocument(app: FastifyInstance): Promise<string> {
	const { describeDocument } = await import('./openapi/describe-document.ts')
	return JSON.stringify(describeDocument(app.swagger() as OpenApiDocument))
}

type PageFile = { type: string; content: Buffer }

const pagePaths = ['/docs/', '/docs/js/scalar.js']
const pagePolicy =
	"default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"

// The library of the page takes 20 MB, so it is loaded at the first request for the page.
async function loadPage(): Promise<Map<string, PageFile>> {
	const { default: scalar } = await import('@scalar/fastify-api-reference')
	const page = fastify()
	await page.register(scalar, {
		routePrefix: '/docs',
		configuration: {
			url: '/openapi.json',
			pageTitle: 'Mercat orders',
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
