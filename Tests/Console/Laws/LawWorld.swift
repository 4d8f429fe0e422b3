import Access
import Administration
import Store
import Terminal

@testable import Console

extension ScreenWorld {
  /// Laws, one of which only watches.
  ///
  /// - Parameter isWatching: whether all of them do, so that it does not matter whether they hold.
  func addLaws(isWatching: Bool = false) throws {
    try administration.change { change in
      for law in try laws() {
        let mode: LawMode = isWatching ? .watch : law.mode
        try change.addLaw(
          Law(
            name: law.name, reason: law.reason, mode: mode, form: law.form, exceptions: law.exceptions))
      }
    }
  }

  private func laws() throws -> [Law<AsWritten>] {
    let all = try LawWho<AsWritten>(apiUsers: .all)
    let central = try name("Business Central")
    func part(_ company: String) throws -> LawWhat<AsWritten> {
      try LawWhat(connector: central, companies: .only([name(company)]))
    }
    return [
      try Law(
        name: name("one country each"), reason: Summary("each reseller sees one country"), mode: .enforce,
        form: .apart(all, part("MX"), part("US")), exceptions: [name("Portal USA"): Self.now.adding(days: 30)]
      ),
      try Law(
        name: name("orders are for nobody"), mode: .watch,
        form: .never(all, LawWhat(connector: central, lists: .only([name("Sales Orders")])))),
      try Law(
        name: name("payroll is for no token"), reason: Summary("works council agreement"),
        form: .never(all, LawWhat(connector: central, lists: .only([name("Payroll Entries")])))),
    ]
  }

  func law(_ text: String) throws -> Law<AsWritten>? {
    try administration.read { try $0.law(named: NameKey(name(text))) }
  }
}
