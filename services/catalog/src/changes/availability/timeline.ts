/** The timeline of the server in SQL. Each failover, and each restore to an earlier time, begins another one. */
export const timeline = 'case when not pg_is_in_recovery() then left(pg_walfile_name(pg_current_wal_lsn()), 8) end'
