import Administration

extension ConsoleContext {
  /// What changes would do to who may see what; what goes wrong is told, not thrown.
  func effect(of changes: (Administration) throws -> Void) -> Result<AccessEffect, Problem> {
    Problem.catching { try administration.effect(of: changes) }
  }

  /// Whether a change would wait for a second person; what goes wrong is told, not thrown.
  func takesTwo(_ change: (Change) throws -> Void) -> Result<Bool, Problem> {
    effect { administration in try administration.change(change) }.map(\.takesTwo)
  }
}
