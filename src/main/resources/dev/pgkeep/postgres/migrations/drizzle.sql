-- Only the moment a migration was generated is stored; it is the "when" of drizzle's journal.
select count(*), max(created_at)::text, null from {table}
