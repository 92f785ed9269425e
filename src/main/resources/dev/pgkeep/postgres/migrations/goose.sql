-- A version counts by its last row; version 0 is goose's own.
with last as (select distinct on (version_id) version_id, is_applied from {table} order by version_id, id desc)
select count(*), max(version_id)::text, null from last where is_applied and version_id <> 0
