import Access
import Administration
import Store

extension Session {
  func setEnabled(_ isEnabled: Bool, _ kind: AccountKind, _ argument: String) throws {
    let account = try change { change in
      let account = try change.finder.account(kind, argument)
      try change.setEnabled(isEnabled, account.id)
      return try change.reader.account(account.id) ?? account
    }
    let what = "\(kind.title) \(quoted(account.name.text))"
    try tell(AccountChangeRecord(account), (isEnabled ? "enabled " : "disabled ") + what)
  }
}
