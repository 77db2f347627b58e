-- Notice of Ganzhou, 四(二)2: who may not be honoured, on the day of the application.
select
    honour.honour_no,
    honour.uscc,
    honour.answerable_uscc,
    honour.region_code,
    {{ replace_each('honour.title', 'untold.names', '***') }} as title,  -- noqa: PRS
    honour.applied_on,
    honour.awarded_on,
    verdict.clearance,
    verdict.clearance = 'barred' as is_barred
from {{ ref('int_honour') }} as honour
inner join (
    {{ clearance_on(ref('int_honour'), 'honour_no', 'uscc', 'region_code_of_unit', 'applied_on') }}
) as verdict on honour.honour_no = verdict.honour_no
left join {{ ref('int_untold_title') }} as untold on honour.title = untold.title
