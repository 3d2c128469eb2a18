/**
 * After this time the catalog asks a client for a new connection, so that a new replica gets a share of the calls. grpc-js
 * varies the time by a tenth.
 */
export const connectionAgeMs = 300_000

/** How long calls may go on over a connection that the catalog has asked to replace. After it the catalog cuts them. */
export const connectionGraceMs = 10_000
