internal import Access
internal import Store

extension Change {
  /// Checks what is to be known about an account. Users have no particulars.
  func requireParticulars(_ particulars: Particulars, of kind: AccountKind, was: Particulars) throws {
    guard kind == .apiUser || particulars.isEmpty else { throw AdministrationError.notForUsers }
    try requireLiving(particulars.owner, was: was.owner)
  }

  /// Checks that an owner who is set is a user who is there. An owner who was there before stays, even when
  /// the user was deleted since.
  func requireLiving(_ owner: Owner?, was: Owner?) throws {
    guard owner != was, case .user(let id) = owner else { return }
    guard let account = try writer.account(id), account.kind == .user else {
      throw AdministrationError.noOwner(id)
    }
  }

  /// What audit rows call the owners.
  func ownerNames(_ particulars: Particulars?...) throws -> NameBook {
    try NameBook(owners: particulars.compactMap { $0?.owner }, in: writer)
  }
}
