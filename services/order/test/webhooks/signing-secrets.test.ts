import { createLog } from '@mercat/service/log'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { Webhook } from 'standardwebhooks'
import { expect, test, vi } from 'vitest'
import { createSigningSecrets } from '../../src/webhooks/managing/signing-secrets.ts'
import { createSecretBox, UnsealError } from '../../src/webhooks/secret-box.ts'
import { startReceiver } from './receiver.ts'
import { secretsKeys, startDispatching } from './start-dispatching.ts'

const box = createSecretBox(secretsKeys)
const lostBox = createSecretBox(['another-key-of-32-bytes-is-enough'])
const [now, later] = [new Date('2026-11-29T05:00:00Z'), '2026-11-29T05:00:01Z']

function webhookWith(...secrets: { sealed: string; signsUntil?: string }[]) {
	return { id: 'one', origin: 'api' as const, secrets }
}

test('replaced secrets that cannot be read do not sign, and the log says so once for each webhook', () => {
	const log = createLog('test', 'silent')
	const warn = vi.spyOn(log, 'warn')
	const secretsOf = createSigningSecrets({ secretBox: box, log })
	const webhook = webhookWith(
		{ sealed: box.seal('newest', 'one') },
		{ sealed: lostBox.seal('lost', 'one'), signsUntil: later },
		{ sealed: box.seal('older', 'one'), signsUntil: later },
	)
	for (let count = 0; count < 3; count++) expect(secretsOf(webhook, now)).toEqual(['newest', 'older'])
	expect(warn.mock.calls).toEqual([
		[{ webhook: 'one', err: expect.any(UnsealError) }, 'a replaced secret of a webhook cannot sign'],
	])
})

test('a webhook does not sign when its newest secret cannot be read', () => {
	const secretsOf = createSigningSecrets({ secretBox: box, log: createLog('test', 'silent') })
	const webhook = webhookWith(
		{ sealed: lostBox.seal('newest', 'one') },
		{ sealed: box.seal('older', 'one'), signsUntil: later },
	)
	expect(() => secretsOf(webhook, now)).toThrow(UnsealError)
})

test.each(engines)('deliveries are signed with a replaced secret until its time is over, on %s', async (engine) => {
	await using receiver = await startReceiver((_request, response) => response.end())
	await using shop = await startDispatching(engine)
	const webhook = await shop.addWebhook(receiver.url)
	const [newest, replaced] = ['whsec_bmV3ZXN0', 'whsec_cmVwbGFjZWQ=']
	const signUntil = (time: string) =>
		shop.database.query('update webhook set secrets = $1', [
			JSON.stringify([
				{ sealed: box.seal(newest, webhook) },
				{ sealed: box.seal(replaced, webhook), signsUntil: time },
			]),
		])
	await using _process = await shop.startProcess()
	const verify = (secret: string) => {
		const { body = '', headers = {} } = receiver.posted.at(-1) ?? {}
		new Webhook(secret).verify(body, headers)
	}
	await signUntil('2999-01-01T00:00:00Z')
	await shop.place(1)
	await eventually(() => expect(receiver.posted).toHaveLength(1))
	for (const secret of [newest, replaced]) verify(secret)

	await shop.caughtUp(webhook)
	await signUntil('2026-01-01T00:00:00Z')
	await shop.place(1)
	await eventually(() => expect(receiver.posted).toHaveLength(2))
	verify(newest)
	expect(() => verify(replaced)).toThrow()
})
