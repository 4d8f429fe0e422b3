import Access
import Administration
import Store

enum GrantBoundsWords {
  static let title = "In force"
}

/// The page *In force* under a connector: from when up to when a grant counts.
extension GeneralSource where Value == BoundsDraft {
  static func inForce(
    of subject: SubjectID, on connector: ConnectorID, context: ConsoleContext,
    isEditable: @autoclosure @escaping @Sendable () -> Bool
  ) -> Self {
    var source = Self(
      isEditable: isEditable(), fields: BoundsDraft.fields { context.clock }
    ) {
      context.read { reader in
        guard let name = try reader.connector(connector)?.name.text else {
          throw Trouble("this connector has left the catalogue", exitStatus: .noInput)
        }
        guard let grant = try reader.grant(of: subject, on: connector) else {
          throw Trouble(
            "nothing is given on \(quoted(name)) yet", hint: "tick roles, companies and lists first",
            exitStatus: .noInput)
        }
        return BoundsDraft(grant.permissions.bounds)
      }
    } save: { change, edit in
      let was = try edit.was.checked, becomes = try edit.becomes.checked
      do {
        try change.saveBounds(ofGrantOf: subject, on: connector, Edit(was: was, becomes: becomes))
      } catch let conflict as EditConflict<Bounds> {
        throw EditConflict(current: BoundsDraft(conflict.current), mine: edit.becomes)
      }
    }
    source.title = GrantBoundsWords.title
    source.explanation =
      "When the grant counts (\(context.clock.zoneNames)); empty: no bound"
    source.meaning = { draft in draft.bounds.map(context.clock.sentences) ?? [] }
    return source
  }
}

extension BoundsDraft {
  /// Errors: ``BoundsProblem`` where the end is not after the beginning.
  fileprivate var checked: Bounds {
    get throws { try Bounds(from: from, until: until) }
  }
}
