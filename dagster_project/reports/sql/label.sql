-- One row for each column of the marts that a paper's tables show: its Chinese name, which begins its comment.
select table_name || '.' || column_name as name, trim(split_part(comment, '·', 1)) as label
from duckdb_columns()
where database_name = current_database() and schema_name = 'marts' and table_name in ('region_monthly', 'org_monthly')
    and comment is not null
order by name
