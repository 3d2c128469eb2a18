/**
 * The content security policy of the console: modules and styles of this origin, calls to this origin and to the market service,
 * and nothing else.
 *
 * @param inlineScripts the digests of the scripts in the page itself, such as `sha256-…`
 */
export function consolePolicy(inlineScripts: readonly string[], marketUrl: string | undefined): string {
	const scripts = ["'self'", ...inlineScripts.map((digest) => `'${digest}'`)]
	return [
		"default-src 'none'",
		`script-src ${scripts.join(' ')}`,
		"style-src 'self'",
		"img-src 'self'",
		`connect-src ${["'self'", ...(marketUrl === undefined ? [] : [new URL(marketUrl).origin])].join(' ')}`,
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	].join('; ')
}
