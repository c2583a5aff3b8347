// The tables of the queue file. What changes at each delivery (message) is apart from what never
// does (content), so that to lease or settle a message of 1 MiB writes a few bytes.
//
// A message is ready (no due time), delayed (a due time), or leased (a due time and an owner). What
// has a due time also says how long that was to be: it shows that the clock was set back since.

export const schema = `
  create table if not exists queue (
    name text primary key,
    -- null: a queue of dead letters, which have nowhere else to go
    delivery_limit integer
  ) strict;

  create table if not exists binding (
    event text not null,
    queue text not null references queue (name),
    primary key (event, queue)
  ) strict, without rowid;

  create table if not exists message (
    seq integer primary key,
    queue text not null references queue (name),
    attempts integer not null default 0,
    due_at_ms integer,
    owner text,
    -- of a lease or of a delay
    lease_ms integer,
    last_reason text
  ) strict;

  create table if not exists content (
    seq integer primary key,
    id text not null,
    type text not null,
    headers text not null,
    body blob not null
  ) strict;

  create index if not exists ready on message (queue, seq) where due_at_ms is null;
  create index if not exists delayed on message (queue, due_at_ms)
    where owner is null and due_at_ms is not null;
  create index if not exists delayed_at on message (queue, due_at_ms - lease_ms)
    where owner is null and due_at_ms is not null;
  create index if not exists leased on message (queue, due_at_ms, lease_ms)
    where owner is not null;
`
