-- One row for each head; how many came before is not stored.
select -1, string_agg(version_num, ',' order by version_num), null from {table}
