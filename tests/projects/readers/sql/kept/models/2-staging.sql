create view staging.people as
select
    id as person_id,
    plan,
    coalesce(opted_out, true) as opted_out
from app.users;

create view staging.notes as
select
    user_id as person_id,
    regexp_replace(
        body,
        '[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}',
        '[e-mail]'
    ) as body
from app.notes;
