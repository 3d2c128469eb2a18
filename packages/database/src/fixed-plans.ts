/**
 * Settings for services whose statements all have an index. A prepared statement is planned once, because planning it
 * again takes longer than running it. The plan always uses the index, so it stays right when the tables grow.
 */
export const fixedPlans = {
	plan_cache_mode: 'force_generic_plan',
	enable_seqscan: 'off',
	enable_hashjoin: 'off',
	enable_mergejoin: 'off',
}

/** Undoes {@link fixedPlans} for one transaction, whose best plan depends on its arguments. */
export const planAnew = `
	set local plan_cache_mode to auto;
	set local enable_seqscan to on;
	set local enable_hashjoin to on;
	set local enable_mergejoin to on`
