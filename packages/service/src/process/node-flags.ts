/** The flags with which Node runs a service. A test compares them with the `start` scripts and the image. */
export const nodeFlags: readonly string[] = [
	'--max-semi-space-size=16',
	// Without a limit, V8 keeps several hundred MB of garbage.
	'--max-old-space-size=512',
	// With the limit alone, V8 collects the whole heap after every 8 MB of new objects: every 0.8 s under load, which
	// took a twelfth of the CPU time. With this flag, V8 waits until three quarters of the heap are new.
	'--heap-growing-percent=75',
	// Four threads collect no faster than one on two cores, and each thread needs memory.
	'--v8-pool-size=1',
	// V8 would place some objects of a call among the old objects, where they keep the call's memory for seconds.
	'--no-allocation-site-pretenuring',
	// Optimising the WebAssembly of the embedded database took a quarter of the start.
	'--wasm-tiering-budget=1000000000',
]
