-- What of the gates' migration 5 PostgreSQL writes in its own way.

-- What gates decided with each token, day by day (UTC).
CREATE TABLE token_day (
  -- The first second of the day. It stands first, so that days are written and dropped in one place.
  day BIGINT NOT NULL,
  token_id BIGINT NOT NULL CHECK (token_id > 0),
  allowed BIGINT NOT NULL CHECK (allowed >= 0),
  denied BIGINT NOT NULL CHECK (denied >= 0),
  PRIMARY KEY (day, token_id)
);
