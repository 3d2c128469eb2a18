/**
 * What Node is told for a service, in `start` scripts and images as well. V8 collects the whole heap when it has
 * grown by a part that depends on the largest one it may become: less than this, and a service under load does
 * so every second; more, and it puts it off until it has several hundred MB. Nor is it to guess which objects will
 * grow old: it takes some of a call's for such, and with them all that they hold outlives the call by seconds.
 * The embedded database is WebAssembly: what it runs while it opens is not worth optimising, which took a quarter of a start.
 */
export const nodeFlags: readonly string[] = [
	'--max-semi-space-size=16',
	'--max-old-space-size=512',
	'--no-allocation-site-pretenuring',
	'--wasm-tiering-budget=1000000000',
]
