import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { Problem } from '@mercat/rest-api/problem'
import { type ProblemCode, problemTable } from '@mercat/rest-api/problem-table'
import { newTraceContext, traceIdOf } from '@mercat/service/trace-context'
import { problemBody, problemType } from './problem-handler.ts'

const parserProblems: Record<string, ProblemCode> = {
	ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_INCOMPLETE',
	HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
}

export type AnswerClientErrorNeeds = {
	/** Is told the code of each answer, and the trace id in it. */
	noteUnreadable(code: ProblemCode, traceId: string): void
}

/** Answers bytes that are no HTTP request. There is no reply object yet, only the socket. */
export function answerClientError({ noteUnreadable }: AnswerClientErrorNeeds) {
	return (error: NodeJS.ErrnoException, socket: Socket): void => {
		if (!socket.writable || error.code === 'ECONNRESET') {
			socket.destroy()
			return
		}
		const problem = toProblem(error.code)
		const { status } = problemTable[problem.code]
		const traceId = traceIdOf(newTraceContext()) as string
		const body = JSON.stringify(problemBody(problem, '/', traceId))
		socket.end(
			`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: ${problemType}\r\n` +
				`content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
		)
		noteUnreadable(problem.code, traceId)
	}
}

function toProblem(parserCode = ''): Problem {
	const code = parserProblems[parserCode]
	if (code !== undefined) return new Problem(code)
	return new Problem('INVALID_REQUEST', {
		errors: [{ pointer: '#', code: 'syntax', detail: 'must be a request of HTTP/1.1' }],
	})
}
