-- A later limit is asked for, granted or denied; what was asked for or granted says when it ends.
alter table ticket_events drop constraint ticket_events_what_check;
alter table ticket_events add constraint ticket_events_what_check
  check (what in ('dispatch', 'sign', 'reply', 'return', 'ask', 'grant', 'deny'));
alter table ticket_events add column until_at bigint;
