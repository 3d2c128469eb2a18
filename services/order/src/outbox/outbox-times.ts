/** How long a delivered message is kept. */
export const retentionMs = 7 * 24 * 3_600_000

/** How long a relay of the catalog keeps the messages that it has claimed. */
export const catalogLeaseMs = 10_000

/** How long a relay of a webhook keeps the messages that it has claimed. It is the longest lease. */
export const webhookLeaseMs = 30_000
