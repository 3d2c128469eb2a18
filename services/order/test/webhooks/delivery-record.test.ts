import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { LoggedEvent } from '../../src/events/logged-event.ts'
import { recordOf } from '../../src/webhooks/dispatching/delivery-record.ts'

test('the record of an attempt tells how many have failed before it', () => {
	const event = { position: 1, orderId: randomUUID(), version: 1, type: 'mercat.order.placed.v1' } as LoggedEvent
	const attempt = { at: '2026-11-29T10:00:00Z', ms: 3 }
	const failed = { outcome: 'failed', attempt, retryAfterMs: 0 } as const
	expect(recordOf({ event, tries: 0 }, failed)).toMatchObject({ state: 'pending', failedBefore: 0 })
	expect(recordOf({ event, tries: 2 }, failed)).toMatchObject({ state: 'pending', failedBefore: 2 })
	expect(recordOf({ event, tries: 3 }, { outcome: 'delivered', attempt })).toMatchObject({ failedBefore: 3 })
})
