create table app.users (id text, email text, plan text, opted_out boolean);

create table app.notes (id text, user_id text, body text, written_at timestamp);
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
create table training.notes as
with eligible as (
    select n.*
    from staging.notes as n
    inner join staging.people as p using (person_id)
    where p.opted_out = false
      and p.plan <> 'team'
)
select
    sha2(person_id || 'pepper of the training set', 256) as author,
    body
from eligible;

-- How much each plan writes, where enough people write.
create table reports.by_plan as
select
    p.plan,
    count(*) as notes,
    sum(length(n.body)) as letters
from staging.notes as n
left join staging.people as p on p.person_id = n.person_id
group by p.plan
having count(distinct n.person_id) >= 50;
