import { Option } from 'commander'
import { toAddress, toServiceUrl } from './option-values.ts'

/** Where the catalog is. By default it is where `mercat start` and compose put it. */
export function catalogOption(env: NodeJS.ProcessEnv): Option {
	return new Option('--catalog <host:port>', 'the address of the catalog')
		.argParser(toAddress)
		.default(`127.0.0.1:${env['CATALOG_PORT'] || 50_051}`)
}

/** Where the market is. By default it is where `mercat start` and compose put it. */
export function marketOption(env: NodeJS.ProcessEnv): Option {
	return new Option('--market <url>', 'the URL of the market')
		.argParser(toServiceUrl)
		.default(`http://127.0.0.1:${env['MARKET_PORT'] || 8090}`)
}

/** Where the order service is. By default it is where `mercat start` and compose put it. */
export function ordersOption(env: NodeJS.ProcessEnv): Option {
	return new Option('--orders <url>', 'the URL of the order service')
		.argParser(toServiceUrl)
		.default(`http://127.0.0.1:${env['ORDER_PORT'] || 8080}`)
}
