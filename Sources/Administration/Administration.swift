package import Access
package import Sealing
package import Store

/// The use cases. Whatever front end asks, each call is checked against what the operator may
/// do, and each change is one transaction together with its audit rows.
package struct Administration: Sendable {
  let store: any Store
  let keys: TokenKeys
  let surroundings: Surroundings
  /// What a gate wrote.
  let uses: any UseReading
  package let operating: Operator
  /// Where changes say whom they touch; nil where nobody asks.
  private var touched: TouchLog?

  package init(
    store: any Store, keys: TokenKeys, operating: Operator, uses: any UseReading = NoUses(),
    surroundings: Surroundings = .system
  ) {
    self.store = store
    self.keys = keys
    self.operating = operating
    self.uses = uses
    self.surroundings = surroundings
  }

  /// The same store for another operator.
  package func with(_ operating: Operator) -> Administration {
    Administration(store: store, keys: keys, operating: operating, uses: uses, surroundings: surroundings)
  }

  /// The same on a store that undoes what is done.
  func rehearsing(on store: any Store, _ touched: TouchLog) -> Administration {
    var copy = Administration(
      store: store, keys: keys, operating: operating, uses: uses, surroundings: surroundings)
    copy.touched = touched
    return copy
  }

  package var now: Timestamp { surroundings.now() }

  /// Where the store is, for people.
  package var location: String { store.location }

  /// Why Token IDs can't be revealed, copied or made here; nil where they can.
  package var sealProblem: SealingError? {
    if case .failure(let problem) = keys.seal { problem } else { nil }
  }

  /// Reads one consistent state of the store.
  ///
  /// Errors: ``AdministrationError/notPermitted(_:)``, ``StoreError``.
  package func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result {
    try operating.require(.securityRead)
    return try store.read(body)
  }

  /// Carries out some changes in one transaction: all of them, with their audit rows, or none.
  package func change<Result>(_ body: (Change) throws -> Result) throws -> Result {
    try store.write { writer in
      try body(
        Change(
          writer: writer, keys: keys, operating: operating, surroundings: surroundings, touched: touched))
    }
  }
}

/// What the use cases need of the world.
package struct Surroundings: Sendable {
  package let now: @Sendable () -> Timestamp
  package let makeTokenID: @Sendable () -> TokenID

  package init(now: @escaping @Sendable () -> Timestamp, makeTokenID: @escaping @Sendable () -> TokenID) {
    self.now = now
    self.makeTokenID = makeTokenID
  }
}

/// Who asks, and what they may do.
package struct Operator: Hashable, Sendable {
  package let actor: Actor
  package let permissions: Set<Permission>

  package init(actor: Actor, permissions: Set<Permission>) {
    self.actor = actor
    self.permissions = permissions
  }

  package func may(_ permission: Permission) -> Bool { permissions.contains(permission) }

  func require(_ permission: Permission) throws(AdministrationError) {
    guard may(permission) else { throw .notPermitted(permission) }
  }
}

/// A value as it was when a person began to edit it, and as it is to become.
package struct Edit<Value: Equatable & Sendable>: Sendable {
  package let was: Value
  package let becomes: Value

  package init(was: Value, becomes: Value) {
    self.was = was
    self.becomes = becomes
  }

  /// Refuses where somebody changed it meanwhile to something else than what is wanted.
  func check(against current: Value) throws(EditConflict<Value>) {
    guard current == was || current == becomes else { throw EditConflict(current: current, mine: becomes) }
  }
}

/// Somebody changed the same thing meanwhile; nothing was saved.
package struct EditConflict<Value: Equatable & Sendable>: Complaint {
  package let current: Value
  package let mine: Value

  package init(current: Value, mine: Value) {
    self.current = current
    self.mine = mine
  }

  package var message: String { "somebody changed the same thing meanwhile" }
  package var hint: String? { "nothing was saved; look at what it is now, and decide" }
  package var exitStatus: ExitStatus { .unavailable }
}
