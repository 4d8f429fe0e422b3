import Administration

extension ConsoleContext {
  /// What changes would do to who may see what; what goes wrong is told, not thrown.
  func effect(of changes: (Administration) throws -> Void) -> Result<AccessEffect, Problem> {
    Problem.catching { try administration.effect(of: changes) }
  }

  /// Tries changes before they are made, or proposed where the person may do no more.
  func trial(of changes: (Administration) throws -> Void) -> SaveTrial {
    do { return .toSave(try administration.effect(of: changes)) } catch {
      guard case AdministrationError.notPermitted = error, proposingObstacle == nil else {
        return .failed(Problem(error))
      }
    }
    do { return .toPropose(try administration.proposedEffect(of: changes)) } catch {
      return .failed(Problem(error))
    }
  }

  /// Whether a change would wait for a second person; what goes wrong is told, not thrown.
  func takesTwo(_ change: (Change) throws -> Void) -> Result<Bool, Problem> {
    effect { administration in try administration.change(change) }.map(\.takesTwo)
  }
}

/// What trying changes came to, before they are saved.
enum SaveTrial: Sendable {
  case toSave(AccessEffect)
  /// The person may not make the changes, and may propose them.
  case toPropose(AccessEffect)
  case failed(Problem)
}
