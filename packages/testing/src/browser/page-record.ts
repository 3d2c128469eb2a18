import type { Page } from 'playwright-core'

export type ExpectCleanOptions = {
	/** The statuses of 400 and above that the test asks for. */
	statuses?: number[]
	/** The origins besides its own that the page may call. */
	origins?: string[]
}

export type PageRecord = {
	/** The URL of each request so far. */
	requests: string[]
	/**
	 * Fails when the page logged an error or a warning, threw an error, violated its Content-Security-Policy, asked another
	 * host for something, put a token into a URL, or got an answer of 400 or above that the test does not name.
	 */
	expectClean(options?: ExpectCleanOptions): void
}

// A JWT has its header and its payload in base64url, which both begin so. Tokens of pages have one part.
const tokenInUrl = /[?&#]token=|eyJ[\w-]+\.eyJ/
const mostTold = 20

/** Records what goes wrong in a page. To be called before the page is loaded. */
export async function recordPage(page: Page, origin: string): Promise<PageRecord> {
	const problems: string[] = []
	const requests: string[] = []
	const strangers: string[] = []
	const refusals: { status: number; url: string }[] = []

	page.on('pageerror', (error) => problems.push(`error: ${error.stack ?? error.message}`))
	page.on('console', (message) => {
		// The browser says so of each answer of 400 and above, which are recorded with their status below.
		if (message.text().startsWith('Failed to load resource: the server responded')) return
		if (message.type() === 'error' || message.type() === 'warning') {
			problems.push(`console ${message.type()}: ${message.text()}`)
		}
	})
	page.on('request', (request) => {
		const url = request.url()
		requests.push(url)
		if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) strangers.push(url)
		if (tokenInUrl.test(url)) problems.push(`token in a URL: ${url}`)
	})
	page.on('response', (response) => {
		if (response.status() >= 400) refusals.push({ status: response.status(), url: response.url() })
	})
	await page.exposeFunction('recordViolation', (violation: string) => problems.push(`policy violated: ${violation}`))
	await page.addInitScript(reportViolations)

	return {
		requests,
		expectClean({ statuses = [], origins = [] } = {}) {
			const unknown = strangers.filter((url) => !origins.includes(new URL(url).origin))
			const unexpected = refusals.filter(({ status }) => !statuses.includes(status))
			const all = [
				...problems,
				...unknown.map((url) => `request to another host: ${url}`),
				...unexpected.map(({ status, url }) => `answer ${status}: ${url}`),
			]
			if (all.length > 0) throw new Error(`the page is not clean\n${all.slice(0, mostTold).join('\n')}`)
		},
	}
}

const reportViolations = `addEventListener('securitypolicyviolation', (event) => {
	recordViolation(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sourceFile + ':' + event.lineNumber)
})`
