internal import Access
internal import Store

/// Tokens, the catalogue and settings.
extension Change {
  func takeBackToken(_ id: TokenRowID, _ turn: UndoStep.Turn<SavedToken>) throws {
    // What was revoked stays so.
    guard let became = turn.became else { return }
    guard let token = try writer.token(id) else { throw ChangedMeanwhile() }
    let present = SavedToken(token)
    guard let was = turn.was else {
      // One that is revoked already is taken back.
      guard token.revokedAt == nil else { return }
      guard present == became else { throw ChangedMeanwhile() }
      return try revoke(id)
    }
    guard token.revokedAt == nil else { throw ChangedMeanwhile() }
    var merging = Merging(present, was: was, became: became)
    try merging.takeBack(\.name)
    try merging.takeBack(\.expiresAt)
    try merging.takeBack(\.isDisabled)
    try merging.takeBack(\.limits)
    let becomes = merging.value
    if becomes.name != present.name { try rename(id, to: try becomes.name.savedName()) }
    if becomes.expiresAt != present.expiresAt { try setExpiry(try becomes.expiry, of: id) }
    if becomes.isDisabled != present.isDisabled { try setDisabled(becomes.isDisabled, id) }
    if becomes.limits != present.limits { try setLimits(try becomes.limits.limits, of: id) }
  }

  func takeBackEntry(_ step: UndoStep, _ turn: UndoStep.Turn<SavedEntry>) throws {
    guard let known = turn.became ?? turn.was else { throw UnreadableUndo() }
    let present = try known.entry.present(in: writer)
    switch turn.course {
    case .came:
      guard let present, SavedEntry(present) == turn.became,
        try holds(present, noMoreThan: turn.holdings)
      else { throw ChangedMeanwhile() }
      try delete(present, as: turn.deletion, isPartless: turn.isPartless == true)
      try renameAgain(try known.thing, turn.formerName)
    case .went:
      try requirePlace(of: known)
      try bringBack(try known.thing, step, turn, isLiving: present != nil)
      try makeAgain(known)
    case .changed:
      guard let present, SavedEntry(present) == turn.became, let was = try turn.was?.entry else {
        throw ChangedMeanwhile()
      }
      try requireFree(was.name, for: try known.thing)
      ledger.readdressed.insert(try known.thing)
      try change(to: was, from: present)
    }
  }

  /// What came back may have been given other values before it was deleted once more by the same deletion.
  private func makeAgain(_ known: SavedEntry) throws {
    let entry = try known.entry
    guard let present = try entry.present(in: writer), SavedEntry(present) != known else { return }
    try change(to: entry, from: present)
  }

  private func requirePlace(of entry: SavedEntry) throws {
    let hasPlace =
      switch try entry.deletedKind {
      case .company, .list: try entry.connector.map { try writer.connector(try $0.identifier()) != nil }
      case .item: try entry.list.map { try writer.list(try $0.identifier()) != nil }
      default: true as Bool?
      }
    guard hasPlace ?? true else { throw UndoProblem.placeDeleted(entry.name) }
  }

  private func change<Entry: CatalogueEntry>(to becomes: Entry, from present: any CatalogueEntry) throws {
    guard let present = present as? Entry else { throw UnreadableUndo() }
    try update(becomes, was: present)
  }

  func takeBackSetting(_ setting: Setting, of user: AccountID?, _ turn: SavedSetting) throws {
    if let user { guard try writer.account(user) != nil else { throw ChangedMeanwhile() } }
    guard try writer.settings(of: user)[setting]?.text == turn.became else { throw ChangedMeanwhile() }
    let value = try turn.was.map { text in
      guard let value = try? setting.value(text) else { throw UnreadableUndo() }
      return value
    }
    try set(setting, to: value, for: user)
  }
}
