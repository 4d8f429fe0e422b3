// The titles of the schemas of what commands print about tokens.

extension TokenRecord: Printed {
  static let schemaTitle = SchemaTitle("token", "a token, without its Token ID")
}

extension TokenIDRecord: Printed {
  static let schemaTitle = SchemaTitle("token-id", "a Token ID that was asked for")
}

extension TokenCopiedRecord: Printed {
  static let schemaTitle = SchemaTitle("token-copied", "tells that a Token ID was sent to the clipboard")
}

extension ScannedRecord: Printed {
  static let schemaTitle = SchemaTitle("token-found", "a Token ID that was found in a file")
}

extension ReviewRecord: Printed {
  static let schemaTitle = SchemaTitle("review", "a token, or a broken law, at which somebody should look")
}

/// Scripts receive the same of a token in the list of all tokens.
extension ListedTokenRecord: Printed {
  static let schemaTitle = TokenRecord.schemaTitle
}

extension DecoyRecord: Printed {
  static let schemaTitle = SchemaTitle("decoy", "a decoy; one that is made to be planted has its Token ID")
}
