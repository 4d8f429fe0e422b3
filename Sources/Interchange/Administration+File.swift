package import Administration

extension Administration {
  /// What applying a file would do. Nothing is changed.
  ///
  /// Errors: ``SecurityFileErrors`` where the file names what neither it nor the store has, or
  /// would leave no Administrator; ``AdministrationError``, ``StoreError``.
  package func plan(_ file: SecurityFile) throws -> Plan { Plan(changes: []) }

  /// Makes the sections that the file has equal to it, in one transaction.
  ///
  /// `expecting` is the plan that was confirmed: where the store has changed since then so that
  /// the file would now do something else, nothing is done. `progress` is told how many of how many
  /// entries are done. Errors: those of ``plan(_:)``, ``SealingError``, ``Trouble``.
  package func apply(
    _ file: SecurityFile, expecting plan: Plan, progress: (Int, Int) -> Void = { _, _ in }
  ) throws {}

  /// The whole store as a security file.
  package func export(_ format: SecurityFileFormat) throws -> String { "" }
}
