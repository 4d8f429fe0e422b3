import Access
package import Administration
import Store

extension Administration {
  /// What applying a file would do. Nothing is changed.
  ///
  /// Errors: ``SecurityFileErrors`` where the file names something that neither the file nor the store has,
  /// or where the file would leave no Administrator; ``AdministrationError``, ``StoreError``.
  package func plan(
    _ file: SecurityFile, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> Plan {
    try withoutActuallyEscaping(progress) { progress in
      try read { reader in try Planner(file, reader, now: now, progress: progress).draft().plan }
    }
  }

  /// Makes those sections of the store that the file has equal to the file, in one transaction.
  ///
  /// - Parameters:
  /// - plan: the plan that was confirmed. Where the store has changed since, so that the file would now do
  ///   something else, nothing is done.
  /// - source: the text of the file. Where applying takes a second person, this text is what waits.
  /// - tests: the files of tests that must hold afterwards. Otherwise nothing is done.
  /// - progress: receives the number of entries that are done, and of all entries.
  ///
  /// Errors: ``TestsDiffer``, those of ``plan(_:)``, ``SealingError``, ``Trouble``, ``WaitingNotice``.
  package func apply(
    _ file: SecurityFile, expecting plan: Plan, source: @autoclosure () -> [UInt8] = [],
    testing tests: [AccessTestFile] = [], progress: (Int, Int) -> Void = { _, _ in }
  ) throws {
    try withoutActuallyEscaping(progress) { progress in
      try change { change in
        // Applying a whole file passes by every rule about who may change what, so only an Administrator may
        // do it.
        try change.requireAdministrator(to: "apply a security file")
        let draft = try Planner(file, change.reader, now: change.now).draft()
        guard draft.plan == plan else { throw Trouble.changedMeanwhile }
        try Applier(file, change, draft, progress: progress).run()
        let results = try AccessTestResults(running: tests, checker(within: change), now: change.now)
        guard results.holds else { throw TestsDiffer(results: results) }
        try change.requireSecond(toApply: String(decoding: source(), as: UTF8.self), plan.summary, plan.basis)
      }
    }
  }

  /// The whole store as a security file, without any Token ID. Applied to the same store, the file changes
  /// nothing.
  package func export(_ format: SecurityFileFormat) throws -> String {
    var text = ""
    try export(format) { text = $0 }
    return text
  }

  /// Exports the store, and lets the caller hand the file out. The export is recorded before the file is
  /// handed out, so that nothing goes out unrecorded. Only where others are writing is it recorded
  /// afterwards, because readers do not wait for writers. An export that takes a second person always waits
  /// for the writers, because recording it uses the agreement up.
  package func export(_ format: SecurityFileFormat, handingOut handOut: (String) throws -> Void) throws {
    do { try withoutWaiting.recordExport() } catch StoreError.busy {
      guard try !takesTwoToExport() else {
        try recordExport()
        return try handOut(try exported(format))
      }
      try requireAdministrator(to: Self.exporting)
      try handOut(try exported(format))
      return try recordExport()
    }
    try handOut(try exported(format))
  }

  private func takesTwoToExport() throws -> Bool {
    try read { try $0.settings(for: nil).isOn(.dualExport) }
  }

  private func recordExport() throws {
    try change { change in
      try change.requireAdministrator(to: Self.exporting)
      try change.requireSecondToExport()
      try change.recordStore("export")
    }
  }

  private static var exporting: String { "export a security file" }

  private func exported(_ format: SecurityFileFormat) throws -> String {
    try read { reader in
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
}

extension Trouble {
  fileprivate static var changedMeanwhile: Trouble {
    Trouble(
      "the store changed meanwhile, so that the file would now do something else",
      hint: "nothing was changed; look at the plan again", exitStatus: .unavailable)
  }
}
