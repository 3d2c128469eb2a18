/** @import { RequestOptions } from './request.js' */
import { ApiError } from './api-error.js'
import { request } from './request.js'

const noMarket = 'NO_MARKET'

/** @type {Promise<string | undefined> | undefined} */
let reading

/**
 * Reads from the API of the market service with the token of the session.
 *
 * @template [T=any]
 * @param {string} path such as `/v1/sources`
 * @param {RequestOptions} [options]
 * @returns {Promise<T>}
 * @throws ApiError for each answer that is no success, when no answer comes, and where there is no market service
 */
export async function readMarket(path, options) {
	const url = await marketUrl()
	if (url === undefined) {
		const detail = 'This shop runs without the market service, which follows live prices and counts sales.'
		throw new ApiError({ status: 404, code: noMarket, detail })
	}
	return (await request('GET', `${url}${path}`, { ...options, service: 'market service' })).body
}

/** @param {ApiError} error */
export function isWithoutMarket({ code }) {
	return code === noMarket
}

/** Where the market service is, as the order service tells it: once for the whole page. */
function marketUrl() {
	reading ??= readMarketUrl().catch((error) => {
		reading = undefined
		throw error
	})
	return reading
}

/** @returns {Promise<string | undefined>} */
async function readMarketUrl() {
	return (await request('GET', '/console/settings.json')).body.marketUrl
}
