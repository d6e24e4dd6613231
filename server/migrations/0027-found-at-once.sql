-- What the windows of leads and departments ask by themselves is found by an index, however much was done with before.
create index tickets_open on tickets (state, department, accepted_at desc) where state <> 'replied';
create index tickets_call on tickets (call_id);
create index outward_settled on outward (settled_at desc, state) where state in ('delivered', 'dropped');
create index audit_renumbered on audit (subject) where what in ('ticket.renumbered', 'warning.renumbered');
