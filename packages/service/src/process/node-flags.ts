/**
 * What Node is told for a service, in `start` scripts and images as well. V8 collects the whole heap when it has grown by
 * a part that depends on the largest one it may become: left alone, it keeps several hundred MB of garbage; with this one
 * it collected ours whenever 8 MB were new, every 0.8 s under load, which was a twelfth of all CPU time. So it is told
 * to wait until three quarters are new. One thread helps it: four do no better on two cores, and each keeps memory of its own.
 * Nor is it to guess which objects will grow old: it takes some of a call's for such, and with them all that they hold
 * outlives the call by seconds.
 * The embedded database is WebAssembly: what it runs while it opens is not worth optimising, which took a quarter of a start.
 */
export const nodeFlags: readonly string[] = [
	'--max-semi-space-size=16',
	'--max-old-space-size=512',
	'--heap-growing-percent=75',
	'--v8-pool-size=1',
	'--no-allocation-site-pretenuring',
	'--wasm-tiering-budget=1000000000',
]
