import { Problem } from '@mercat/rest-api/problem'
import type { FastifyInstance, onRequestHookHandler, preValidationHookHandler } from 'fastify'

declare module 'fastify' {
	interface FastifyContextConfig {
		/** Whether a request may come without a body. Its body is `{}` then. */
		bodyIsOptional?: boolean
	}
}

/**
 * Reads JSON bodies. Where a body is optional, an empty one is none, whatever its content type. Refuses bytes that are not
 * UTF-8, which a parser would replace, and a member that an object has twice, of which a parser would take the last (RFC
 * 8259, section 4).
 */
export function registerJsonBodies(app: FastifyInstance): void {
	const parse = app.getDefaultJsonParser('error', 'error')
	const utf8 = new TextDecoder('utf-8', { fatal: true })
	app.removeContentTypeParser(['application/json', 'text/plain'])
	app.addHook('onRoute', (route) => {
		if (!route.config?.bodyIsOptional) return
		route.onRequest = [forgetTypeOfNothing, ...[route.onRequest ?? []].flat()]
		route.preValidation = [giveBody, ...[route.preValidation ?? []].flat()]
	})
	app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
		// A body in chunks shows only here that it is empty.
		if (bytes.length === 0 && request.routeOptions.config.bodyIsOptional) {
			done(null, undefined)
			return
		}
		let text: string
		try {
			text = utf8.decode(bytes)
		} catch (cause) {
			done(syntaxProblem('must be UTF-8', cause))
			return
		}
		parse(request, text, (error, value) => {
			if (error === null && hasRepeatedMember(value, text)) {
				done(syntaxProblem('must have no member twice in one object'))
			} else done(error, value)
		})
	})
}

const forgetTypeOfNothing: onRequestHookHandler = ({ headers }, _reply, done) => {
	const isEmpty = headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0
	if (isEmpty) delete headers['content-type']
	done()
}

const giveBody: preValidationHookHandler = (request, _reply, done) => {
	request.body ??= {}
	done()
}

function syntaxProblem(detail: string, cause?: unknown): Problem {
	return new Problem('INVALID_REQUEST', { errors: [{ pointer: '#', code: 'syntax', detail }] }, { cause })
}

// In valid JSON the colons outside of strings are as many as the members. Strings are removed only when the first count
// differs, because most bodies have no colon in a string.
function hasRepeatedMember(value: unknown, text: string): boolean {
	const members = countMembers(value)
	return members !== countColons(text) && members !== countColons(text.replace(/"(?:[^"\\]|\\.)*"/g, ''))
}

function countMembers(value: unknown): number {
	if (typeof value !== 'object' || value === null) return 0
	const members = Object.values(value)
	let count = Array.isArray(value) ? 0 : members.length
	for (const member of members) count += countMembers(member)
	return count
}

function countColons(text: string): number {
	let count = 0
	for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) count++
	return count
}
