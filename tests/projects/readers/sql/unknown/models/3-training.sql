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
