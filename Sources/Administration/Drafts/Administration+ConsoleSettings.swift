internal import Access
internal import Store

/// The document of a user's own settings of the console: no change of what anybody may do, and so not audited. Each
/// user has their own.
extension Administration {
  /// The user's document; nil where there is none, or where the operator is no user.
  package func consoleSettings() throws -> String? {
    guard let user = operating.user else { return nil }
    return try store.read { reader in
      _ = try state.authority(of: operating, in: reader, at: now)
      return try reader.consoleSettings(of: user)
    }
  }

  /// Keeps the user's document, in place of the one before. Nil removes the document.
  ///
  /// Errors: ``Trouble`` for an operator who is no user, and for a document that holds a Token ID or is too long.
  package func keepConsoleSettings(_ document: String?) throws {
    guard let user = operating.user else {
      throw Trouble(
        "only a user has settings in the store",
        hint: "write them into a file; popsec config path names the file",
        exitStatus: .notPermitted)
    }
    if let document {
      guard document.utf8.count <= Self.maximumConsoleSettingsBytes else {
        throw Trouble(
          "the settings have more than \(Self.maximumConsoleSettingsBytes) bytes", exitStatus: .badData)
      }
      guard !TokenID.isContained(in: document) else {
        throw Trouble(
          "settings hold no Token ID", hint: "take it out, and revoke its token", exitStatus: .badData)
      }
    }
    try changeUnrecorded { change in
      try change.writer.setConsoleSettings(document, of: user, at: change.now)
    }
  }

  /// The most UTF-8 bytes of a document.
  static let maximumConsoleSettingsBytes = 64 << 10
}
