import { currentToken, tokenAnswered } from '../session/session.js'
import { readProblem, unreachable } from './api-error.js'

/**
 * @template T
 * @typedef {{ status: number, body: T, headers: Headers }} Answer
 */

/**
 * Values that are undefined or empty are left out of `query`. `body` is sent as JSON. `service` names whom the page asks.
 *
 * @typedef {{
 *   service?: string,
 *   query?: Record<string, string | number | boolean | undefined>,
 *   body?: unknown,
 *   headers?: Record<string, string>,
 *   signal?: AbortSignal,
 * }} RequestOptions
 */

const timeoutMs = 15_000

/**
 * Sends a request of the public API with the token of the session. An answer 401 of the order service ends the session.
 *
 * @template [T=any]
 * @param {string} method
 * @param {string} path such as `/v1/orders`, or the whole URL of another service
 * @param {RequestOptions} [options]
 * @returns {Promise<Answer<T>>}
 * @throws ApiError for each answer that is no success, and when no answer comes
 */
export async function request(method, path, { service, query, body, headers = {}, signal } = {}) {
	const token = currentToken()
	const response = await send(`${path}${searchOf(query)}`, service, {
		method,
		headers: {
			...(token !== undefined && { authorization: `Bearer ${token}` }),
			...(body !== undefined && { 'content-type': 'application/json' }),
			...headers,
		},
		body: body === undefined ? undefined : JSON.stringify(body),
		signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]),
	})
	if (service === undefined) tokenAnswered(token, response.status)
	if (!response.ok) throw await readProblem(response)
	const text = await response.text()
	return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers }
}

/**
 * @param {string} url
 * @param {string | undefined} service
 * @param {RequestInit} init
 */
async function send(url, service, init) {
	try {
		return await fetch(url, { ...init, cache: 'no-store', credentials: 'omit' })
	} catch (error) {
		// A request that its own screen gave up is no failure of the network.
		if (error instanceof DOMException && error.name === 'AbortError') throw error
		throw unreachable(error, service)
	}
}

/** @param {RequestOptions['query']} query */
function searchOf(query = {}) {
	const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
	return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}
