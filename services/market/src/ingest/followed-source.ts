import type { MessageSettings } from './reading/message-settings.ts'

/** What the settings say of a source that this service follows. */
export type FollowedSource = MessageSettings & {
	name: string
	url: URL
	/** Of the handshake, with the credentials. */
	headers: Record<string, string>
	/** After so long without a message, the prices of the source are stale. */
	staleAfterS: number
}
