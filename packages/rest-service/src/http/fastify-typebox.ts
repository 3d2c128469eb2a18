import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
	FastifyBaseLogger,
	FastifyInstance,
	RawReplyDefaultExpression,
	RawRequestDefaultExpression,
	RawServerDefault,
} from 'fastify'

/** A Fastify server, or a scope of it, whose routes take their types from TypeBox schemas. */
export type FastifyTypeBox = FastifyInstance<
	RawServerDefault,
	RawRequestDefaultExpression,
	RawReplyDefaultExpression,
	FastifyBaseLogger,
	TypeBoxTypeProvider
>
