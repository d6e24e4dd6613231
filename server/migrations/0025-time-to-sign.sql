-- Work orders from before nobody could wait longer to sign than to answer [TICKET-15]: their seats and departments hear of it.
update tickets
set sign_due_at = due_at, changed_at = changed_at + 1, change = nextval('change_order')
where sign_due_at > due_at;
