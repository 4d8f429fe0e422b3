import Access
package import Administration
import Store

extension Administration {
  /// Tells what an import would do. Nothing is changed.
  ///
  /// Errors: ``SecurityFileErrors``, ``AdministrationError``, ``StoreError``.
  package func plan(_ imported: CatalogueImport) throws -> ImportPlan {
    try read(.catalogueImport) { try ImportPlanner(imported, $0, now: now).outcome().plan }
  }

  /// Makes the connectors of a document equal to the document, in one transaction. Nothing else is touched.
  ///
  /// - Parameter plan: the plan that was confirmed. Where the store has changed since, so that the import
  ///   would now do something else, nothing is done.
  ///
  /// Errors: those of ``plan(_:)``, ``Trouble``.
  package func carryOut(
    _ imported: CatalogueImport, expecting plan: ImportPlan, progress: (Int, Int) -> Void = { _, _ in }
  ) throws {
    try withoutActuallyEscaping(progress) { progress in
      try change { change in
        try change.require(.catalogueManage)
        let outcome = try ImportPlanner(imported, change.reader, now: change.now).outcome()
        guard outcome.plan == plan else { throw Trouble.changedMeanwhile }
        var details = AuditDetails(
          "connectors", after: imported.connectorNames.map(\.text).joined(separator: ", "))
        details.add("plan", after: plan.summary)
        try change.recordStore("import", details)
        try Applier(outcome.file, change, outcome.draft, countsLists: true, progress: progress).run()
      }
    }
  }
}

extension Trouble {
  fileprivate static var changedMeanwhile: Trouble {
    Trouble(
      "the store changed meanwhile, so that the import would now do something else",
      hint: "nothing was changed; look at the plan again", exitStatus: .unavailable)
  }
}
