import type { Metadata } from '@grpc/grpc-js'
import type { Scope } from '@mercat/service/scopes'
import { ExpiredTokenError, type Identity, InvalidTokenError, readBearer } from '@mercat/service/tokens'
import { GeneralError, scopeMissing } from '../errors/general-error.ts'

export type AuthorizeNeeds = { verifyToken(token: string): Promise<Identity> }

/**
 * The caller of a call whose token has one of the scopes. The cause of UNAUTHENTICATED says which check failed, for the log.
 *
 * @throws GeneralError UNAUTHENTICATED, SCOPE_MISSING
 */
export async function authorize(
	metadata: Metadata,
	scopes: readonly Scope[],
	{ verifyToken }: AuthorizeNeeds,
): Promise<Identity> {
	const identity = await identify(metadata, verifyToken).catch((error: unknown) => {
		if (!(error instanceof InvalidTokenError)) throw error
		// Only its rightful caller has a token that is right but for its end. That caller may know.
		const text = error instanceof ExpiredTokenError ? 'the token has expired' : undefined
		throw new GeneralError('UNAUTHENTICATED', { cause: error, text })
	})
	if (!scopes.some((scope) => identity.scopes.has(scope))) throw scopeMissing(scopes)
	return identity
}

/** Whether a call has a token with one of the scopes. */
export async function hasScope(
	metadata: Metadata,
	scopes: readonly Scope[],
	{ verifyToken }: AuthorizeNeeds,
): Promise<boolean> {
	const identity = await identify(metadata, verifyToken).catch(() => undefined)
	return identity !== undefined && scopes.some((scope) => identity.scopes.has(scope))
}

async function identify(metadata: Metadata, verifyToken: AuthorizeNeeds['verifyToken']): Promise<Identity> {
	const [value, another] = metadata.get('authorization')
	if (value === undefined) throw new InvalidTokenError('the call has no authorization')
	// A proxy may have checked another one than the service would.
	if (another !== undefined) throw new InvalidTokenError('the call has more than one authorization')
	const token = typeof value === 'string' ? readBearer(value) : undefined
	if (token === undefined) throw new InvalidTokenError('the authorization is no bearer token')
	return verifyToken(token)
}
