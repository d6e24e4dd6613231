-- A work order its department returned is dispatched again under its number: its clock starts anew, and each dispatch in
-- its timeline says to whom it went.
alter table tickets add column clock_from bigint;
update tickets set clock_from = accepted_at;
alter table tickets alter column clock_from set not null;
alter table ticket_events add column department text;
update ticket_events e set department = t.dispatch -> 'plan' ->> 'departmentName'
from tickets t where t.id = e.ticket and e.what = 'dispatch';
