with applied as (select * from {table} where exectype in ('EXECUTED', 'RERAN', 'MARK_RAN'))
select (select count(*) from applied),
       (select filename || '::' || id || '::' || author from applied order by orderexecuted desc, dateexecuted desc limit 1),
       null
