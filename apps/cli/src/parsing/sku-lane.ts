/** The lane of a sku: always the same one, and about as many skus in each (FNV-1a). */
export function skuLane(sku: string, lanes: number): number {
	let hash = 0x811c9dc5
	for (let at = 0; at < sku.length; at++) hash = Math.imul(hash ^ sku.charCodeAt(at), 0x01000193)
	return (hash >>> 0) % lanes
}
