import Access

extension HelpTopic {
  /// Ends that are none of ``ExitStatus``.
  static let otherEnds = [
    Row("2", "plan, and catalogue import --plan: there is something to do"),
    Row("130", "as shells tell it: ended by Ctrl-C (128 and the number of the signal); the old state stays"),
  ]

  static let fileRows = [
    Row("~/.local/share/popsec", "the store of one account"),
    Row("/var/lib/popsec", "the store of a team, as popsec setup makes it"),
    Row("/etc/popsec/store.env", "where a host's store in a database is, as popsec setup writes it down"),
    Row("/etc/popsec/keys", "the keys of such a store, on each host"),
    Row("STORE/popsec.db", "the store itself, with popsec.db-wal and popsec.db-shm while it is in use"),
    Row("STORE/popsec.db-queue", "an empty file on which writers wait for their turn"),
    Row("STORE/popsec.db-reserve", "room kept so that access can be taken away on a full disk"),
    Row("STORE/popsec.db.backup-VERSION-TIME", "the store before an upgrade"),
    Row("STORE/popsec.db.replaced-TIME", "the store before popsec restore --replace"),
    Row("STORE/gate.db", "what gates recorded: uses and denials"),
    Row("STORE/keys", "the keys: lookup.key, seal.key and the pair of the audit log; keep a copy apart"),
    Row("STORE/keys/decoys", "which tokens are decoys; keep a copy apart from both the keys and the backups"),
    Row("~/.config/popsec/config.yaml", "a person's own settings of the console: popsec-config(5)"),
    Row("~/.local/state/popsec", "what the console remembers for a person, never over SSH"),
    Row("/run/popsec-gate/gate.sock", "where reverse proxies ask the gate of a package"),
  ]

  static let variableRows = [
    Row("POPSEC_STORE", "the store's folder, or the address of its database, where --store is not given"),
    Row("POPSEC_KEYS", "the folder of the keys, where --keys is not given"),
    Row("CREDENTIALS_DIRECTORY", "systemd's credentials, where neither --keys nor POPSEC_KEYS is given"),
    Row("PGPASSFILE", "the file with PostgreSQL passwords, ~/.pgpass where it is not set"),
    Row("POPSEC_CLEAR_CLIPBOARD", "the seconds after which the console clears a copied Token ID, or never"),
    Row("POPSEC_SHOW_CURSOR", "the console shows the terminal's cursor at what is selected"),
    Row("XDG_CONFIG_HOME", "the folder of a person's settings, ~/.config where it is not set"),
    Row("XDG_DATA_HOME", "the folder of a person's data, ~/.local/share where it is not set"),
    Row("XDG_STATE_HOME", "the folder of a person's state, ~/.local/state where it is not set"),
    Row("NO_COLOR", "the console draws without colours"),
    Row("TERM, LC_ALL, LC_CTYPE, LANG", "what the terminal can draw"),
    Row("TMUX, STY", "a multiplexer through which the clipboard is reached"),
    Row("SUDO_UID, SUDO_USER, DOAS_USER, PKEXEC_UID", "who used sudo, run0, doas or pkexec"),
  ]

  static let nameRows = [
    Row("NAME", "a whole name; case does not count, and quotes are needed around blanks"),
    Row("user:NAME", "a user as owner; another text is just a text"),
    Row("LIST: ITEM", "an action, a detail or a list action, with its list"),
    Row("key=value", "a label; key and value have 1 to 40 of a-z 0-9 . _ -"),
    Row("NAME=WHEN", "an API user that is excepted from a law, and until when"),
    Row("WHEN", "a day, a time as in 2027-02-21T00:00:00Z, or a time from now as in +90m, +36h, +14d, +2w"),
    Row("never", "no end, where an end is asked for"),
    Row("--id ID", "a token or a deleted thing by its id, where names are not enough"),
    Row("-", "standard input, in place of a file"),
    Row("--option=-x", "a value that begins with a hyphen; arguments may follow --"),
  ]
}
