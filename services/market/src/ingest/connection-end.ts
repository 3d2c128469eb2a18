/**
 * Why a connection has ended. `closed`: by the source or the network, or it was never open. `silent`: the source sent nothing
 * and answered no ping. `gap`: a message is missing. `behind`: its numbers are below those that are known, and rise. `bad`:
 * nothing that it sends can be used. `stopped`: by this service.
 */
export type EndReason = 'closed' | 'silent' | 'gap' | 'behind' | 'bad' | 'stopped'

export type ConnectionEnd = {
	reason: EndReason
	/** Why it was closed. */
	why?: string | undefined
	/** Whether the source has sent anything that could be used. */
	wasUseful: boolean
}
