/**
 * What Node is told for a service, in `start` scripts and images as well: its live data is some 50 MB, and
 * left alone V8 would put off collecting garbage until it has several hundred.
 */
export const nodeFlags: readonly string[] = ['--max-semi-space-size=8', '--max-old-space-size=192']
