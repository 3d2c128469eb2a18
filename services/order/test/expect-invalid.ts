import type { FieldError } from '@mercat/rest-api/problem'
import { expect } from 'vitest'
import type { Answer } from './check-answer.ts'

/** Expects INVALID_REQUEST with errors at exactly these pointers. */
export async function expectInvalid(asked: Promise<Answer>, ...pointers: string[]): Promise<void> {
	const answer = await asked
	expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } })
	const found: FieldError[] = answer.body.errors
	expect([...new Set(found.map(({ pointer }) => pointer))]).toEqual(pointers)
	for (const { parameter: _inQuery, ...error } of found) {
		expect(error).toEqual({ pointer: expect.any(String), code: expect.any(String), detail: expect.any(String) })
	}
}
