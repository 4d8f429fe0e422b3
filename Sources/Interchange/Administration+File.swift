import Access
package import Administration
import Store

extension Administration {
  /// What applying a file would do. Nothing is changed.
  ///
  /// Errors: ``SecurityFileErrors`` where the file names what neither it nor the store has, or
  /// would leave no Administrator; ``AdministrationError``, ``StoreError``.
  package func plan(
    _ file: SecurityFile, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> Plan {
    try withoutActuallyEscaping(progress) { progress in
      try read { reader in try Planner(file, reader, now: now, progress: progress).draft().plan }
    }
  }

  /// Makes the sections that the file has equal to it, in one transaction.
  ///
  /// `expecting` is the plan that was confirmed: where the store has changed since then so that
  /// the file would now do something else, nothing is done. `progress` is told how many of how many
  /// entries are done. Errors: those of ``plan(_:)``, ``SealingError``, ``Trouble``.
  package func apply(
    _ file: SecurityFile, expecting plan: Plan, progress: (Int, Int) -> Void = { _, _ in }
  ) throws {
    try requireAdministrator(to: "apply")
    try withoutActuallyEscaping(progress) { progress in
      try change { change in
        let draft = try Planner(file, change.reader, now: change.now).draft()
        guard draft.plan == plan else { throw Trouble.changedMeanwhile }
        try Applier(file, change, draft, progress: progress).run()
      }
    }
  }

  /// The whole store as a security file, which applied to the same store changes nothing. It holds
  /// no Token ID.
  package func export(_ format: SecurityFileFormat) throws -> String {
    try requireAdministrator(to: "export")
    return try read { reader in
      switch format {
      case .yaml:
        var exporter = try Exporter(YamlWriter(), reader, now: now)
        return try exporter.run()
      case .json:
        var exporter = try Exporter(JSONWriter(), reader, now: now)
        return try exporter.run()
      }
    }
  }

  /// A whole file passes by every rule about who may change what, so it takes every permission.
  func requireAdministrator(to verb: String) throws(Trouble) {
    guard Permission.allCases.allSatisfy(operating.may) else {
      throw Trouble(
        "you may not \(verb) a security file", hint: "this needs the system role Administrator",
        exitStatus: .notPermitted)
    }
  }
}

extension Trouble {
  fileprivate static var changedMeanwhile: Trouble {
    Trouble(
      "the store changed meanwhile, so that the file would now do something else",
      hint: "nothing was changed; look at the plan again", exitStatus: .unavailable)
  }
}
