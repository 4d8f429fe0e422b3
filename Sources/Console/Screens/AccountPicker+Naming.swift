import Access
import Administration
import Store

extension Effect {
  /// Lists the users, or the API users, for a field that names one, and sends the name of the chosen one.
  /// - Parameter filter: the text of the field, which filters the list.
  static func chooseAccount(
    _ kind: AccountKind, title: String, filter: String, _ context: ConsoleContext,
    _ message: @escaping @Sendable (AccountID, Name) -> Message
  ) -> Effect {
    .ask(AccountPicker(one: kind, title: title, filter: filter, context: context)) { chosen in
      guard let id = chosen.first else { return .none }
      return .reading("reading the \(kind.title)") {
        try context.administration.read { try $0.account(id)?.name }
      } then: {
        $0.map { .send(message(id, $0)) } ?? .none
      }
    }
  }
}
