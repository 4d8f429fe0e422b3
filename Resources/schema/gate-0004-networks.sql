-- Migration 4 of gate.db, in the dialect that SQLite and PostgreSQL share: from which networks each token was used.

CREATE TABLE used_network (
  token_id BIGINT NOT NULL CHECK (token_id > 0),
  -- In CIDR form.
  network TEXT NOT NULL CHECK (network <> ''),
  -- Which of the token's networks it is: 1 is the first ever. Those beyond a bound are not kept.
  ordinal INTEGER NOT NULL CHECK (ordinal > 0),
  first_used_at BIGINT NOT NULL,
  PRIMARY KEY (token_id, network)
);
CREATE INDEX used_network_by_time ON used_network (first_used_at, token_id, ordinal);
