-- Migration 1, in the dialect that SQLite and PostgreSQL share.
--
-- Ids are random and given by popsec. Instants are whole seconds since 1970-01-01T00:00:00Z.
-- name_key is what names are compared by, in the order of its bytes (PostgreSQL: COLLATE "C").
-- search_key is what a name is searched by, null where that is the name_key.
-- deleted_at: the row is kept, and hidden; names are unique among the living.
-- hidden: the row is kept, and hidden since its account or team is deleted.

CREATE TABLE migration (
  number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
  name TEXT NOT NULL,
  applied_at BIGINT NOT NULL
);

-- Users and API users.

CREATE TABLE account (
  -- Counts up with each account made: small, and the same for good, for the search index.
  number INTEGER NOT NULL PRIMARY KEY,
  id BIGINT NOT NULL UNIQUE CHECK (id > 0),
  kind TEXT NOT NULL CHECK (kind IN ('user', 'apiUser')),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL CHECK (name_key <> ''),
  search_key TEXT CHECK (search_key <> name_key),
  enabled SMALLINT NOT NULL CHECK (enabled IN (0, 1)),
  unix_account TEXT CHECK (unix_account <> ''),
  created_at BIGINT NOT NULL,
  deleted_at BIGINT,
  -- The earliest end among its tokens that are neither revoked nor disabled.
  next_expiry_at BIGINT,
  -- The latest use among all its tokens.
  last_used_at BIGINT,
  CONSTRAINT only_users_log_in CHECK (kind = 'user' OR unix_account IS NULL)
);
CREATE UNIQUE INDEX account_name ON account (kind, name_key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX account_unix ON account (unix_account)
  WHERE unix_account IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX account_by_name ON account (kind, name_key, search_key) WHERE deleted_at IS NULL;
CREATE INDEX account_by_expiry ON account (kind, next_expiry_at, name_key, search_key)
  WHERE deleted_at IS NULL;
CREATE INDEX account_by_last_use ON account (kind, last_used_at, name_key, search_key)
  WHERE deleted_at IS NULL;
CREATE INDEX account_by_state ON account (kind, enabled, name_key, search_key) WHERE deleted_at IS NULL;

-- How many accounts live, since counting a million takes longer than showing a page of them.
CREATE TABLE account_tally (
  kind TEXT NOT NULL PRIMARY KEY CHECK (kind IN ('user', 'apiUser')),
  living BIGINT NOT NULL CHECK (living >= 0)
);
INSERT INTO account_tally (kind, living) VALUES ('user', 0), ('apiUser', 0);

CREATE TABLE account_key (
  account_id BIGINT NOT NULL REFERENCES account (id),
  public_key TEXT NOT NULL CHECK (public_key <> ''),
  PRIMARY KEY (account_id, public_key)
);

CREATE TABLE team (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id > 0),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL CHECK (name_key <> ''),
  search_key TEXT CHECK (search_key <> name_key),
  summary TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  deleted_at BIGINT,
  -- Its living members, counted for the same reason as accounts.
  member_count BIGINT NOT NULL DEFAULT 0 CHECK (member_count >= 0)
);
CREATE UNIQUE INDEX team_name ON team (name_key) WHERE deleted_at IS NULL;

CREATE TABLE membership (
  team_id BIGINT NOT NULL REFERENCES team (id),
  account_id BIGINT NOT NULL REFERENCES account (id),
  -- Of the account, so that members can be listed in order.
  name_key TEXT NOT NULL,
  search_key TEXT,
  hidden SMALLINT NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)),
  PRIMARY KEY (team_id, account_id)
);
CREATE INDEX membership_by_name ON membership (team_id, name_key, account_id, search_key) WHERE hidden = 0;
CREATE INDEX membership_of_account ON membership (account_id, team_id);

-- System roles.

CREATE TABLE role (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id > 0),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL CHECK (name_key <> ''),
  summary TEXT NOT NULL,
  deleted_at BIGINT
);
CREATE UNIQUE INDEX role_name ON role (name_key) WHERE deleted_at IS NULL;

CREATE TABLE role_permission (
  role_id BIGINT NOT NULL REFERENCES role (id),
  permission TEXT NOT NULL CHECK (permission <> ''),
  PRIMARY KEY (role_id, permission)
);

CREATE TABLE role_assignment (
  account_id BIGINT REFERENCES account (id),
  team_id BIGINT REFERENCES team (id),
  builtin TEXT CHECK (builtin <> ''),
  role_id BIGINT REFERENCES role (id),
  -- Of the account or team, so that holders can be listed in order.
  holder TEXT NOT NULL CHECK (holder IN ('user', 'apiUser', 'team')),
  name_key TEXT NOT NULL,
  hidden SMALLINT NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)),
  CONSTRAINT one_subject CHECK ((account_id IS NULL) <> (team_id IS NULL)),
  CONSTRAINT one_role CHECK ((builtin IS NULL) <> (role_id IS NULL)),
  CONSTRAINT holder_is_subject CHECK ((holder = 'team') = (team_id IS NOT NULL))
);
-- Also finds all roles of an account or team, custom ones with builtin null: nulls are distinct.
CREATE UNIQUE INDEX builtin_of_account ON role_assignment (account_id, builtin)
  WHERE account_id IS NOT NULL;
CREATE UNIQUE INDEX custom_of_account ON role_assignment (account_id, role_id)
  WHERE account_id IS NOT NULL AND role_id IS NOT NULL;
CREATE UNIQUE INDEX builtin_of_team ON role_assignment (team_id, builtin) WHERE team_id IS NOT NULL;
CREATE UNIQUE INDEX custom_of_team ON role_assignment (team_id, role_id)
  WHERE team_id IS NOT NULL AND role_id IS NOT NULL;
CREATE INDEX holder_of_builtin ON role_assignment (builtin, name_key, holder)
  WHERE builtin IS NOT NULL AND hidden = 0;
CREATE INDEX holder_of_custom ON role_assignment (role_id, name_key, holder)
  WHERE role_id IS NOT NULL AND hidden = 0;

-- The catalogue.

CREATE TABLE connector (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id > 0),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL CHECK (name_key <> ''),
  deleted_at BIGINT
);
CREATE UNIQUE INDEX connector_name ON connector (name_key) WHERE deleted_at IS NULL;

CREATE TABLE company (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id > 0),
  connector_id BIGINT NOT NULL REFERENCES connector (id),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL CHECK (name_key <> ''),
  deleted_at BIGINT
);
CREATE UNIQUE INDEX company_name ON company (connector_id, name_key) WHERE deleted_at IS NULL;
CREATE INDEX company_gone ON company (connector_id, name_key) WHERE deleted_at IS NOT NULL;

CREATE TABLE data_list (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id > 0),
  connector_id BIGINT NOT NULL REFERENCES connector (id),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL CHECK (name_key <> ''),
  group_name TEXT CHECK (group_name <> ''),
  group_key TEXT CHECK (group_key <> ''),
  deleted_at BIGINT,
  CHECK ((group_name IS NULL) = (group_key IS NULL))
);
CREATE UNIQUE INDEX data_list_name ON data_list (connector_id, name_key) WHERE deleted_at IS NULL;
CREATE INDEX data_list_gone ON data_list (connector_id, name_key) WHERE deleted_at IS NOT NULL;

CREATE TABLE item (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id > 0),
  list_id BIGINT NOT NULL REFERENCES data_list (id),
  kind TEXT NOT NULL CHECK (kind IN ('action', 'detail', 'listAction')),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL CHECK (name_key <> ''),
  deleted_at BIGINT
);
CREATE UNIQUE INDEX item_name ON item (list_id, kind, name_key) WHERE deleted_at IS NULL;
CREATE INDEX item_gone ON item (list_id, kind, name_key) WHERE deleted_at IS NOT NULL;

CREATE TABLE widget (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id > 0),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL CHECK (name_key <> ''),
  url TEXT NOT NULL CHECK (url <> ''),
  connector_id BIGINT NOT NULL REFERENCES connector (id),
  enabled SMALLINT NOT NULL CHECK (enabled IN (0, 1)),
  open SMALLINT NOT NULL CHECK (open IN (0, 1)),
  deleted_at BIGINT
);
CREATE UNIQUE INDEX widget_name ON widget (name_key) WHERE deleted_at IS NULL;

CREATE TABLE widget_list (
  widget_id BIGINT NOT NULL REFERENCES widget (id),
  list_id BIGINT NOT NULL REFERENCES data_list (id),
  PRIMARY KEY (widget_id, list_id)
);

CREATE TABLE widget_parameter (
  widget_id BIGINT NOT NULL REFERENCES widget (id),
  parameter TEXT NOT NULL CHECK (parameter IN ('company', 'list', 'action', 'detail', 'listAction')),
  query_name TEXT NOT NULL CHECK (query_name <> ''),
  PRIMARY KEY (widget_id, parameter)
);

CREATE TABLE endpoint (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id > 0),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL CHECK (name_key <> ''),
  url TEXT NOT NULL CHECK (url <> ''),
  connector_id BIGINT NOT NULL REFERENCES connector (id),
  list_id BIGINT NOT NULL REFERENCES data_list (id),
  enabled SMALLINT NOT NULL CHECK (enabled IN (0, 1)),
  deleted_at BIGINT
);
CREATE UNIQUE INDEX endpoint_name ON endpoint (name_key) WHERE deleted_at IS NULL;

CREATE TABLE endpoint_method (
  endpoint_id BIGINT NOT NULL REFERENCES endpoint (id),
  method TEXT NOT NULL CHECK (method <> ''),
  PRIMARY KEY (endpoint_id, method)
);

-- Grants. What they name stays named when it leaves the catalogue, and counts again when it is back.

CREATE TABLE access_grant (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id > 0),
  account_id BIGINT REFERENCES account (id),
  team_id BIGINT REFERENCES team (id),
  connector_id BIGINT NOT NULL REFERENCES connector (id),
  all_companies SMALLINT NOT NULL CHECK (all_companies IN (0, 1)),
  all_lists SMALLINT NOT NULL CHECK (all_lists IN (0, 1)),
  all_actions SMALLINT NOT NULL CHECK (all_actions IN (0, 1)),
  all_details SMALLINT NOT NULL CHECK (all_details IN (0, 1)),
  all_list_actions SMALLINT NOT NULL CHECK (all_list_actions IN (0, 1)),
  -- Of the account or team, so that those with a grant on a connector can be listed in order.
  holder TEXT NOT NULL CHECK (holder IN ('user', 'apiUser', 'team')),
  name_key TEXT NOT NULL,
  hidden SMALLINT NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)),
  CONSTRAINT one_subject CHECK ((account_id IS NULL) <> (team_id IS NULL)),
  CONSTRAINT holder_is_subject CHECK ((holder = 'team') = (team_id IS NOT NULL))
);
CREATE UNIQUE INDEX grant_of_account ON access_grant (account_id, connector_id)
  WHERE account_id IS NOT NULL;
CREATE UNIQUE INDEX grant_of_team ON access_grant (team_id, connector_id) WHERE team_id IS NOT NULL;
CREATE INDEX grant_on_connector ON access_grant (connector_id, holder, name_key, id) WHERE hidden = 0;

CREATE TABLE grant_role (
  grant_id BIGINT NOT NULL REFERENCES access_grant (id) ON UPDATE CASCADE ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (
    role IN ('Administrator', 'User', 'Reader', 'CustomListContributor', 'CustomListAdministrator')
  ),
  PRIMARY KEY (grant_id, role)
);

CREATE TABLE grant_company (
  grant_id BIGINT NOT NULL REFERENCES access_grant (id) ON UPDATE CASCADE ON DELETE CASCADE,
  company_id BIGINT NOT NULL REFERENCES company (id),
  PRIMARY KEY (grant_id, company_id)
);

CREATE TABLE grant_list (
  grant_id BIGINT NOT NULL REFERENCES access_grant (id) ON UPDATE CASCADE ON DELETE CASCADE,
  list_id BIGINT NOT NULL REFERENCES data_list (id),
  PRIMARY KEY (grant_id, list_id)
);

CREATE TABLE grant_item (
  grant_id BIGINT NOT NULL REFERENCES access_grant (id) ON UPDATE CASCADE ON DELETE CASCADE,
  item_id BIGINT NOT NULL REFERENCES item (id),
  PRIMARY KEY (grant_id, item_id)
);

-- Tokens.

CREATE TABLE token (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id > 0),
  account_id BIGINT NOT NULL REFERENCES account (id),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL CHECK (name_key <> ''),
  -- Null: never.
  expires_at BIGINT,
  ever_without_expiry SMALLINT NOT NULL CHECK (ever_without_expiry IN (0, 1)),
  created_at BIGINT NOT NULL,
  last_used_at BIGINT,
  disabled SMALLINT NOT NULL CHECK (disabled IN (0, 1)),
  revoked_at BIGINT,
  requests_per_minute INTEGER CHECK (requests_per_minute BETWEEN 1 AND 1000000),
  CONSTRAINT never_is_marked CHECK (expires_at IS NOT NULL OR ever_without_expiry = 1)
);
CREATE UNIQUE INDEX token_name ON token (account_id, name_key) WHERE revoked_at IS NULL;
CREATE INDEX token_revoked ON token (account_id, revoked_at) WHERE revoked_at IS NOT NULL;

-- The Token IDs of a token, never in the clear; the one with the highest ordinal is the newest.
CREATE TABLE token_id (
  token_id BIGINT NOT NULL REFERENCES token (id),
  ordinal INTEGER NOT NULL CHECK (ordinal > 0),
  -- Random; the Token ID is sealed for it. Never looked up by, so that it has no index.
  id BIGINT NOT NULL CHECK (id > 0),
  lookup_key TEXT NOT NULL CHECK (length(lookup_key) = 16),
  lookup_hash BYTEA NOT NULL CHECK (length(lookup_hash) = 32),
  seal_key TEXT NOT NULL CHECK (length(seal_key) = 16),
  sealed BYTEA NOT NULL CHECK (length(sealed) = 70),
  hint TEXT NOT NULL CHECK (length(hint) = 3),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (token_id, ordinal)
);
CREATE UNIQUE INDEX token_id_lookup ON token_id (lookup_hash);

-- What a token is limited to; a widget or endpoint that left the catalogue still limits.

CREATE TABLE token_widget (
  token_id BIGINT NOT NULL REFERENCES token (id),
  widget_id BIGINT NOT NULL REFERENCES widget (id),
  PRIMARY KEY (token_id, widget_id)
);

CREATE TABLE token_endpoint (
  token_id BIGINT NOT NULL REFERENCES token (id),
  endpoint_id BIGINT NOT NULL REFERENCES endpoint (id),
  PRIMARY KEY (token_id, endpoint_id)
);

CREATE TABLE token_network (
  token_id BIGINT NOT NULL REFERENCES token (id),
  network TEXT NOT NULL CHECK (network <> ''),
  PRIMARY KEY (token_id, network)
);

-- The record of what was done, chained by hash.
CREATE TABLE audit (
  sequence INTEGER NOT NULL PRIMARY KEY CHECK (sequence > 0),
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  front_end TEXT NOT NULL CHECK (front_end <> ''),
  action TEXT NOT NULL CHECK (action <> ''),
  target_kind TEXT NOT NULL CHECK (target_kind <> ''),
  target_id TEXT NOT NULL,
  target_name TEXT NOT NULL,
  details TEXT NOT NULL,
  previous_hash BYTEA NOT NULL CHECK (length(previous_hash) = 32),
  hash BYTEA NOT NULL CHECK (length(hash) = 32)
);
