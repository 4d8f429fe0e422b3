// The titles of the schemas of what commands print about a store and its keeping.

extension AuditRowRecord: Printed {
  static let schemaTitle = SchemaTitle("audit-row", "a row of the audit log")
}

extension AuditVerificationRecord: Printed {
  static let schemaTitle = SchemaTitle("audit-verification", "whether the audit log is whole")
}

extension ArchiveRecord: Printed {
  static let schemaTitle = SchemaTitle("audit-archive", "rows that were taken out of the audit log")
}

extension AuditSigningRecord: Printed {
  static let schemaTitle = SchemaTitle("audit-signing", "a signing of the audit log")
}

extension SettingRecord: Printed {
  static let schemaTitle = SchemaTitle("setting", "a setting")
}

extension HealthCheck: Printed {
  static let schemaTitle = SchemaTitle("check", "a result of doctor, setup or upgrade --check")
}

extension NoticeRecord: Printed {
  static let schemaTitle = SchemaTitle("notice", "a notice that was handed over, or that waits")
}

extension StoreRecord: Printed {
  static let schemaTitle = SchemaTitle("store", "a store that was made")
}

extension SharingRecord: Printed {
  static let schemaTitle = SchemaTitle("sharing", "who may use the files of a store")
}

extension StoreCopyRecord: Printed {
  static let schemaTitle = SchemaTitle("store-copy", "a copy of a store that was made")
}

extension StoreComparison: Printed {
  static let schemaTitle = SchemaTitle("store-comparison", "whether two stores hold the same")
}

extension SetupRecord: Printed {
  static let schemaTitle = SchemaTitle("ssh-setup", "the configuration for sshd, and what was checked")
}

extension BackupRecord: Printed {
  static let schemaTitle = SchemaTitle("backup", "a backup that was made")
}

extension RestoreRecord: Printed {
  static let schemaTitle = SchemaTitle("restore", "a restore that was made")
}

extension UpgradeRecord: Printed {
  static let schemaTitle = SchemaTitle("upgrade", "an upgrade of a store")
}

extension KeysRecord: Printed {
  static let schemaTitle = SchemaTitle("keys", "the keys of Token IDs, and the gates that know them")
}

extension RotationRecord: Printed {
  static let schemaTitle = SchemaTitle("key-rotation", "a key that was exchanged")
}

extension KeyStepRecord: Printed {
  static let schemaTitle = SchemaTitle("key-step", "an exchange of a key that goes on later, or was given up")
}

extension GateKeyRecord: Printed {
  static let schemaTitle = SchemaTitle("gate-key", "a key by which a gate signs")
}

extension AcceptedRecord: Printed {
  static let schemaTitle = SchemaTitle("gate-rollback", "a store that went back, and was accepted")
}

extension SchemaRecord: Printed {
  static let schemaTitle = SchemaTitle("schema", "an element of the list of schemas")
}

extension ErrorRecord: Printed {
  static let schemaTitle = SchemaTitle("error", "an error, which goes to standard error")
}

extension ConfigActionRecord: Printed {
  static let schemaTitle = SchemaTitle("config-action", "an action of a page of the console, with its keys")
}

extension ConfigColumnRecord: Printed {
  static let schemaTitle = SchemaTitle("config-column", "a column of a list of the console")
}

extension ConfigCheckedRecord: Printed {
  static let schemaTitle = SchemaTitle("config-checked", "a document of settings in which nothing is wrong")
}

extension ConfigPathRecord: Printed {
  static let schemaTitle = SchemaTitle("config-path", "where a person's settings are read from")
}

extension ConfigKeptRecord: Printed {
  static let schemaTitle = SchemaTitle("config-kept", "whether settings are kept in the store for a person")
}
