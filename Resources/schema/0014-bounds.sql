-- Migration 14: what was given begins and ends by itself. In force at t: from_at <= t < until_at; null sets no bound.
ALTER TABLE membership ADD COLUMN from_at BIGINT;
ALTER TABLE membership ADD COLUMN until_at BIGINT CHECK (until_at > from_at);
ALTER TABLE role_assignment ADD COLUMN from_at BIGINT;
ALTER TABLE role_assignment ADD COLUMN until_at BIGINT CHECK (until_at > from_at);
ALTER TABLE access_grant ADD COLUMN from_at BIGINT;
ALTER TABLE access_grant ADD COLUMN until_at BIGINT CHECK (until_at > from_at);
-- Before that instant a token is not yet valid.
ALTER TABLE token ADD COLUMN valid_from BIGINT CHECK (expires_at > valid_from);
-- What is over is found without looking at all that isn't.
CREATE INDEX grant_by_end ON access_grant (until_at) WHERE until_at IS NOT NULL;
CREATE INDEX role_by_end ON role_assignment (until_at) WHERE until_at IS NOT NULL;
CREATE INDEX membership_by_end ON membership (until_at) WHERE until_at IS NOT NULL;
