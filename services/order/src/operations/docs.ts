import swagger from '@fastify/swagger'
import { type FastifyInstance, fastify } from 'fastify'
import { pageSecurityHeaders } from '../http/security-headers.ts'
import { openApiWebhooks } from './openapi-webhooks.ts'

/** Makes an OpenAPI 3.1 document from the schemas of all routes that are registered later. */
export async function registerOpenApi(app: FastifyInstance): Promise<void> {
	await app.register(swagger, {
		openapi: {
			openapi: '3.1.0',
			info: {
				title: 'Mercat orders',
				description:
					'Orders over REST, checked and priced by the catalog. Repeating a request with its idempotency key is always safe.',
				version: '1.0.0',
				license: { name: 'MIT', identifier: 'MIT' },
			},
			servers: [{ url: '/' }],
			tags: [{ name: 'orders' }, { name: 'webhooks' }, { name: 'products' }, { name: 'operations' }],
			webhooks: openApiWebhooks,
			components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
			security: [{ token: [] }],
		},
		transformObject: (made) => {
			if ('openapiObject' in made) for (const parameter of parametersOf(made.openapiObject)) correct(parameter)
			return 'openapiObject' in made ? made.openapiObject : made.swaggerObject
		},
		refResolver: {
			buildLocalReference: (schema, _base, _fragment, index) => String(schema['$id'] ?? `schema-${index}`),
		},
	})
}

type Document = { paths?: Record<string, object | undefined> }
type Parameter = { in: string; name: string; required?: boolean; schema?: { default?: unknown } }

function parametersOf({ paths = {} }: Document): Parameter[] {
	const operations = Object.values(paths).flatMap((methods) => Object.values(methods ?? {}))
	return operations.flatMap(({ parameters = [] }: { parameters?: Parameter[] }) => parameters)
}

// A parameter with a default is required for a handler, and optional for a client. The idempotency key is optional in its
// schema, because a missing key has a problem of its own, and required for a client.
function correct(parameter: Parameter): void {
	if (parameter.schema?.default !== undefined) parameter.required = false
	if (parameter.name === 'idempotency-key') parameter.required = true
}

/** Routes for the OpenAPI document and for a page that shows it. */
export async function docsRoutes(app: FastifyInstance): Promise<void> {
	let loading: Promise<Map<string, PageFile>> | undefined
	app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
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
