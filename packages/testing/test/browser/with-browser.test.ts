import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspectScreen } from '../../src/browser/inspect-screen.ts'
import { withBrowser } from '../../src/browser/with-browser.ts'
import { eventually } from '../../src/eventually.ts'

const start = '<!doctype html><html lang="en"><title>Page</title><link rel="icon" href="data:,"><main><h1>Page</h1>'

const pages: Record<string, string> = {
	'/good': `${start}<p>Text</p>`,
	'/inline-script': `${start}<script>document.title = 'changed'</script>`,
	'/other-host': `${start}<img alt="" src="http://127.0.0.2:9/picture.png">`,
	'/throws': `${start}<script src="/throws.js"></script>`,
	'/logs': `${start}<script src="/logs.js"></script>`,
	'/refused': `${start}<script src="/missing.js"></script>`,
	'/token': `${start}<script src="/empty.js?token=abc"></script>`,
	'/faint': `${start}<p style="color: #ccc">Text</p>`,
	'/wide': `${start}<div style="width: 900px">Text</div>`,
	'/throws.js': 'throw new Error("thrown by the page")',
	'/logs.js': 'console.error("logged by the page")',
	'/empty.js': '',
}

const policy =
	"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data: http://127.0.0.2:9"

withBrowser('a browser for tests', (browser) => {
	let server: Server
	let origin: string
	beforeAll(async () => {
		server = createServer(({ url = '' }, response) => {
			const path = url.split('?')[0] ?? ''
			const body = pages[path]
			response.writeHead(body === undefined ? 404 : 200, {
				'content-type': path.endsWith('.js') ? 'text/javascript' : 'text/html',
				'content-security-policy': policy,
			})
			response.end(body)
		}).listen(0, '127.0.0.1')
		await once(server, 'listening')
		origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
	})
	afterAll(() => {
		server.closeAllConnections()
		server.close()
	})

	test('a page without faults is clean and passes the inspection', async () => {
		await using opened = await browser.open(`${origin}/good`)
		await inspectScreen(opened.page, 'good')
		opened.expectClean()
	})

	test.each([
		['/inline-script', 'policy violated: script-src-elem inline'],
		['/other-host', 'request to another host: http://127.0.0.2:9/picture.png'],
		['/throws', 'thrown by the page'],
		['/logs', 'console error: logged by the page'],
		['/refused', 'answer 404'],
		['/token', 'token in a URL'],
	])('the page %s is not clean: %s', async (path, problem) => {
		await using opened = await browser.open(`${origin}${path}`)
		await eventually(() => expect(() => opened.expectClean()).toThrow(problem))
	})

	test('an answer of 400 and above is clean where the test names its status', async () => {
		await using opened = await browser.open(`${origin}/refused`)
		opened.expectClean({ statuses: [404] })
	})

	test.each([
		['/faint', 'color-contrast'],
		['/wide', 'how many pixels of wide are beyond a window of 360'],
	])('the page %s does not pass the inspection: %s', async (path, reason) => {
		await using opened = await browser.open(`${origin}${path}`)
		await expect(inspectScreen(opened.page, path.slice(1))).rejects.toThrow(reason)
	})
})
