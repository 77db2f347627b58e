-- feeds.md: nothing is lost, file by file.
select
    feed,
    received_on,
    file,
    rows_read
from {{ ref('delivery') }}
where rows_read <> rows_loaded + rows_quarantined + rows_duplicate + rows_ignored
