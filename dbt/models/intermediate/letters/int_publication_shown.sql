-- A publication shows the promises of its unit and year that were made by the day it was published. Once it is taken
-- down it shows nothing.
select
    commitment.commitment_no,
    max(publication.published_on) as published_on,
    count(distinct publication.channel) as channels
from {{ ref('int_commitment') }} as commitment
inner join {{ ref('stg_publications') }} as publication
    on
        commitment.unit_no = publication.unit_no
        and commitment.year = publication.year
        and commitment.made_on <= publication.published_on
where
    publication.published_on <= {{ as_of() }}
    and coalesce(publication.removed_on > {{ as_of() }}, true)
group by commitment.commitment_no
