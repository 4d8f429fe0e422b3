import Access
import Store

extension SecurityFile {
  /// Reports what is wrong with the file whatever a store has.
  func check(_ problems: Problems) {
    checkNames(problems)
    for role in roles ?? [] { role.check(problems) }
    checkUnixAccounts(problems)
    let addresses = (widgets ?? []).map(Addressed.init) + (endpoints ?? []).map(Addressed.init)
    Addressed.reportAmbiguous(addresses, problems)
  }

  /// Reports the references that are wrong whatever the store has: those into sections that the file has
  /// completely. This is for a file that has other problems already.
  func checkReferences(_ problems: Problems) {
    var resolver = Resolver(
      directory: Directory(self, PresentState()), present: PresentState(), problems: problems)
    resolver.unknown = incompleteSections
    if connectors == nil { resolver.unknown.insert(.connectors) }
    if widgets == nil { resolver.unknown.insert(.widgets) }
    if endpoints == nil { resolver.unknown.insert(.endpoints) }
    if roles == nil { resolver.unknown.insert(.roles) }
    if teams == nil { resolver.unknown.insert(.teams) }
    if users == nil { resolver.unknown.insert(.users) }
    for entry in widgets ?? [] { _ = resolver.widget(entry, id: .random()) }
    for entry in endpoints ?? [] { _ = resolver.endpoint(entry, id: .random()) }
    for entry in teams ?? [] { _ = resolver.team(entry) }
    for entry in (apiUsers ?? []) + (users ?? []) { _ = resolver.account(entry) }
  }

  private func checkNames(_ problems: Problems) {
    let decoder = Decoder(problems)
    decoder.reportDuplicates((connectors ?? []).map(\.named), "connector")
    decoder.reportDuplicates((widgets ?? []).map(\.named), "widget")
    decoder.reportDuplicates((endpoints ?? []).map(\.named), "endpoint")
    decoder.reportDuplicates((roles ?? []).map(\.named), "role")
    decoder.reportDuplicates((teams ?? []).map(\.named), "team")
    decoder.reportDuplicates((apiUsers ?? []).map(\.named), "API user")
    decoder.reportDuplicates((users ?? []).map(\.named), "user")
    decoder.reportDuplicates((laws ?? []).map(\.named), "law")
  }

  private func checkUnixAccounts(_ problems: Problems) {
    let accounts = (users ?? []).compactMap(\.unixAccount)
    Decoder(problems).reportDuplicates(accounts) { index in
      "two users have the Unix account \(shown(accounts[index].value.text))"
    }
  }
}

extension RoleEntry {
  fileprivate func check(_ problems: Problems) {
    guard BuiltInRole.named(named.key) != nil else { return }
    problems.add(
      "\(shown(named.name.text)) is the name of a built-in role", at: named.position,
      hint: "built-in roles are always there; choose another name")
  }
}
