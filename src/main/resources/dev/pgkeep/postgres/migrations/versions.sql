-- Rails and dbmate: versions are moments, written as digits.
select count(*), max(version), null from {table}
