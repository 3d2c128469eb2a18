import type { FastifyInstance, RouteOptions } from 'fastify'
import type { ObservedRoute } from '../observed-request.ts'

/** Finds the route of a request that the router does not see. Undefined for a path with parameters. */
export type FindStaticRoute = (method: string | undefined, url: string | undefined) => ObservedRoute | undefined

/**
 * Collects the routes of `app` whose paths have no parameters. The function that it returns is for requests that are refused
 * before the router: it must be cheap, and Fastify finds routes by their patterns only.
 */
export function collectStaticRoutes(app: FastifyInstance): FindStaticRoute {
	const routes = new Map<string, RouteOptions>()
	app.addHook('onRoute', (route) => {
		if (/[:*]/.test(route.url)) return
		for (const method of [route.method].flat()) routes.set(`${method} ${route.url}`, route)
	})
	// The configuration of a route is complete only after all hooks, so it is read at the request.
	return (method, url = '') => {
		const query = url.indexOf('?')
		return routes.get(`${method} ${query === -1 ? url : url.slice(0, query)}`)
	}
}
