internal import Access
internal import Store

/// Undoes changes of tokens, of the catalogue and of settings.
extension Change {
  func takeBackToken(_ id: TokenRowID, _ turn: UndoStep.Turn<TokenTerms>) throws {
    // A token that was revoked stays revoked.
    guard let became = turn.became else { return }
    guard let token = try writer.token(id) else { throw ChangedMeanwhile() }
    let present = token.terms
    guard let was = turn.was else {
      // A token that is revoked already needs no undoing.
      guard token.revokedAt == nil else { return }
      guard present == became else { throw ChangedMeanwhile() }
      return try revoke(id)
    }
    guard token.revokedAt == nil else { throw ChangedMeanwhile() }
    let becomes = try present.takingBack(was, became)
    try requireOwner(becomes.particulars, was: present.particulars)
    if becomes.name != present.name { try rename(id, to: becomes.name) }
    try setValidity(from: becomes.validFrom, becomes.expiry, of: id)
    if becomes.isDisabled != present.isDisabled { try setDisabled(becomes.isDisabled, id) }
    if becomes.limits != present.limits { try setLimits(becomes.limits, of: id) }
    if becomes.particulars != present.particulars { try setParticulars(becomes.particulars, of: id) }
  }

  func takeBackEntry(_ step: UndoStep, _ turn: UndoStep.Turn<CatalogueEntry>) throws {
    guard let known = turn.became ?? turn.was else { throw UnreadableUndo() }
    let present = try writer.entry(known.thing)
    switch turn.course {
    case .came:
      guard let present, present == turn.became, try holds(present, noMoreThan: turn.holdings) else {
        throw ChangedMeanwhile()
      }
      try delete(present, as: RepeatedDeletion(turn))
    case .went:
      try requirePlace(of: known)
      try bringBack(known.thing, step, turn, isLiving: present != nil)
      try makeAgain(known)
    case .changed:
      guard let present, present == turn.became, let was = turn.was else { throw ChangedMeanwhile() }
      try requireFree(was.name, for: known.thing)
      ledger.readdressed.insert(known.thing)
      try update(was, was: present)
    }
  }

  /// Restores the values of an entry that came back. The entry may have been given other values before the
  /// same deletion deleted it once more.
  private func makeAgain(_ known: CatalogueEntry) throws {
    guard let present = try writer.entry(known.thing), present != known else { return }
    try update(known, was: present)
  }

  private func requirePlace(of entry: CatalogueEntry) throws {
    guard let place = entry.place, try writer.entry(place) == nil else { return }
    throw UndoProblem.placeDeleted(entry.name.text)
  }

  func takeBackSetting(_ setting: Setting, of user: AccountID?, _ turn: UndoStep.Turn<String>) throws {
    if let user { guard try writer.account(user) != nil else { throw ChangedMeanwhile() } }
    guard try writer.settings(of: user)[setting]?.text == turn.became else { throw ChangedMeanwhile() }
    let value = try turn.was.map { text in
      guard let value = try? setting.value(text) else { throw UnreadableUndo() }
      return value
    }
    try set(setting, to: value, for: user)
  }
}
