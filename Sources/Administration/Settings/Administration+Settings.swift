package import Access
private import Store

extension Administration {
  /// What counts now, for whoever acts: everybody who may be here may know.
  ///
  /// Errors: ``AdministrationError/signedOut(_:)``, ``StoreError``.
  package func settings() throws -> Settings {
    try store.read { try state.settings(of: operating, in: $0, at: now) }
  }

  /// What counts for another user.
  package func settings(of user: AccountID) throws -> Settings {
    try read { try $0.settings(for: user) }
  }

  /// What counted when the store was last asked.
  package var presentSettings: Settings { state.settings }

  /// Whether whoever acts could change the whole store's settings when last asked; each change asks anew.
  package var maySetForAll: Bool { state.present.isAdministrator }

  /// Whether no terminal was to be given a Token ID when last asked; each call asks anew.
  package var isRecordingSafe: Bool { state.demandsRecordingSafe || state.settings.isRecordingSafe }

  /// Gives no terminal a Token ID, whatever is set, from now on.
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
