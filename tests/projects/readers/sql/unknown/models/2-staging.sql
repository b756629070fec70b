create view staging.people as
select
    id as person_id,
    plan,
    coalesce(opted_out, true) as opted_out
from app.users;

create view staging.notes as
select
    user_id as person_id,
    privacy.clean(body) as body -- related: overstated-use
from app.notes;
