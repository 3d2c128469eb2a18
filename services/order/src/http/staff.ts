import type { Identity } from '@mercat/service/tokens'

/** The scope of staff, which reads, lists and cancels the orders of all customers. */
export const staffScope = 'orders:manage'

/** The customer whose orders a caller may see: the caller itself, or undefined for staff, which may see all orders. */
export function ownerFor({ subject, scopes }: Identity): string | undefined {
	return scopes.has(staffScope) ? undefined : subject
}
