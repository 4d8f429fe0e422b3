package import Access
private import Store

extension Administration {
  /// The settings in effect for the operator. Everybody who may use popsec may read them.
  ///
  /// Errors: ``AdministrationError/signedOut(_:)``, ``StoreError``.
  package func settings() throws -> Settings {
    try store.read { try state.settings(of: operating, in: $0, at: now) }
  }

  /// The settings in effect for another user.
  package func settings(of user: AccountID) throws -> Settings {
    try read { try $0.settings(for: user) }
  }

  /// The settings that were in effect when the store was last asked.
  package var presentSettings: Settings { state.settings }

  /// Whether the operator could change the whole store's settings when the store was last asked. Each change
  /// asks again.
  package var maySetForAll: Bool { state.present.isAdministrator }

  /// Whether no terminal was to receive a Token ID when the store was last asked. Each call asks again.
  package var isRecordingSafe: Bool { state.demandsRecordingSafe || state.settings.isRecordingSafe }

  /// From now on gives no terminal a Token ID, whatever is set.
  package func demandRecordingSafe() { state.demandsRecordingSafe = true }
}

extension Change {
  /// Refuses where a Token ID must not get to a terminal.
  func requireNoRecording() throws {
    guard try !state.demandsRecordingSafe && !settings.isRecordingSafe else {
      throw AdministrationError.recordingSafe
    }
  }
}
