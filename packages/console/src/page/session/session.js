/** @import { Claims } from './claims.js' */
import { useEffect, useState } from 'preact/hooks'
import { readClaims } from './claims.js'

/**
 * `notice` tells why the person must sign in again.
 *
 * @typedef {{ claims?: Claims, notice?: string }} Session
 */

// The page keeps the token in memory only: a reload forgets it. The browser's own history may
// still keep the link that brought it.
/** @type {string | undefined} */
let token
/** Whether the service has accepted the token once. */
let wasAccepted = false
/** @type {Session} */
let session = {}
/** @type {ReturnType<typeof setTimeout> | undefined} */
let expiry
/** @type {Set<(session: Session) => void>} */
const listeners = new Set()
/** @type {(() => void)[]} */
const forgetters = []
const longestTimerMs = 2 ** 31 - 1

/**
 * Keeps the token for all requests until it expires.
 *
 * @param {string} candidate
 */
export function signIn(candidate) {
	const claims = readClaims(candidate)
	if (claims === undefined) return signOut('This text is no token. A token has three parts with dots between them.')
	if (!claims.scopes.some((scope) => staffScopes.includes(scope))) return signOut(customerNotice)
	if (claims.expiresAt <= Date.now()) return signOut(expiredNotice)
	token = candidate
	wasAccepted = false
	watchExpiry(claims.expiresAt)
	publish({ claims })
}

/** @param {number} expiresAt */
function watchExpiry(expiresAt) {
	clearTimeout(expiry)
	const leftMs = expiresAt - Date.now()
	if (leftMs <= 0) return signOut(expiredNotice)
	expiry = setTimeout(() => watchExpiry(expiresAt), Math.min(leftMs, longestTimerMs))
}

/**
 * Takes note of how the service has answered a token. Another one may have come in its place since.
 *
 * @param {string | undefined} sent
 * @param {number} status
 */
export function tokenAnswered(sent, status) {
	if (sent === undefined || sent !== token) return
	if (status === 401) signOut(wasAccepted ? endedNotice : refusedNotice)
	else if (status < 400) wasAccepted = true
}

const staffScopes = ['orders:manage', 'webhooks:manage', 'catalog:write']
const customerNotice = `This token is not of staff: it has none of the scopes ${staffScopes.join(', ')}.`
const refusedNotice = 'The service does not accept this token.'
const endedNotice = 'The service does not accept your token any more. Sign in again; you come back to this place.'
const expiredNotice = 'The token has expired. Sign in with a new one; you come back to this place.'

/**
 * Forgets the token.
 *
 * @param {string} [notice]
 */
export function signOut(notice) {
	token = undefined
	clearTimeout(expiry)
	for (const forget of forgetters) forget()
	publish({ notice })
}

/**
 * Lets a part of the page forget what it has shown to the person before.
 *
 * @param {() => void} forget
 */
export function onSignOut(forget) {
	forgetters.push(forget)
}

/** The token that requests send, or undefined when nobody is signed in. */
export function currentToken() {
	return token
}

/** @param {string} scope */
export function hasScope(scope) {
	return session.claims?.scopes.includes(scope) === true
}

/** The session. The component is drawn again when it changes. */
export function useSession() {
	const [known, setKnown] = useState(session)
	useEffect(() => {
		listeners.add(setKnown)
		setKnown(session)
		return () => void listeners.delete(setKnown)
	}, [])
	return known
}

/** @param {Session} next */
function publish(next) {
	session = next
	for (const listener of listeners) listener(next)
}
