create table app.users (id text, email text, plan text, opted_out boolean);

create table app.notes (id text, user_id text, body text, written_at timestamp);
