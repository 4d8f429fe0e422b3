// The titles of the schemas of what commands print about changes.

extension ChangeRecord: Printed {
  static let schemaTitle = SchemaTitle("change", "what a command changed, or would change")
}

extension BulkRecord: Printed {
  static let schemaTitle = SchemaTitle("bulk", "what was done, or would be done, with many accounts")
}

extension TokenBulkRecord: Printed {
  static let schemaTitle = SchemaTitle("token-bulk", "what was done, or would be done, with many tokens")
}

extension PlanRecord: Printed {
  static let schemaTitle = SchemaTitle("plan", "what applying a security file changes")
}

extension ImportRecord: Printed {
  static let schemaTitle = SchemaTitle("import", "what importing a catalogue changes")
}

extension ProposalRecord: Printed {
  static let schemaTitle = SchemaTitle("proposal", "a change that waits for a second person")
}

extension UndoEntryRecord: Printed {
  static let schemaTitle = SchemaTitle("undo-entry", "a change of your own")
}

extension UndoRecord: Printed {
  static let schemaTitle = SchemaTitle("undo", "a change that was undone")
}

extension DeletedRecord: Printed {
  static let schemaTitle = SchemaTitle("deleted", "a deleted thing")
}

extension DeletedChangeRecord: Printed {
  static let schemaTitle = SchemaTitle("deleted-change", "a thing that was restored or purged")
}
