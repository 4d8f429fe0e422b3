import Access
import Administration
import ArgumentParser
import Store

struct GrantAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add to what a team, an API user or a user was given on a connector.",
    discussion: """
      The effect on who may see what is shown first, and the command asks. \
      A grant that isn't there is made. --from and --until say when the grant as a whole is in force; a \
      grant that is there keeps its times, which grant set-bounds changes.

      Examples:
        popsec grant add --team MX --connector ERP --role User --group Sales
        popsec grant add --api-user Portal --connector CRM --list Leads --yes
        popsec grant add --team Desk --connector CRM --action 'Leads: Close'
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var place: GrantPlaceOptions
  @OptionGroup var parts: GrantParts
  @OptionGroup var bounds: BoundsOptions
  @OptionGroup var change: ChangeOptions

  func validate() throws {
    if parts.isEmpty { throw ValidationError("say what to add, such as --role, --company or --list") }
  }

  func run() throws {
    try global.run { session in
      let bounds = try bounds.bounds(now: session.administration.now)
      try session.make(change, asking: "add this to the grant", remarking: Self.remark) { change in
        let grant = try place.find(change)
        let choice = try parts.choice(in: grant.catalogue, change.finder)
        var becomes = try choice.added(to: grant.permissions)
        if let bounds { becomes.bounds = try self.bounds(bounds, for: grant) }
        try change.setGrant(of: grant.subject.id, on: grant.catalogue.id, becomes)
      }
    }
  }

  /// A grant alone opens nothing, which surprises a person who gave one.
  private static func remark(_ trial: ChangeTrial<Void>) -> String? {
    guard trial.effect?.changesNobody == true else { return nil }
    return
      "note: to see a list also takes a system role such as WidgetReader or APIReader, and a role of the connector; "
      + "popsec explain tells what is missing"
  }

  /// The bounds of the grant. Those of a grant that is there are the bounds of all that it gives, and an
  /// addition does not change them.
  private func bounds(_ wanted: Bounds, for grant: FoundGrant) throws -> Bounds {
    if grant.permissions.isEmpty { return wanted }
    let present = grant.permissions.bounds
    guard bounds.from == nil || wanted.from == present.from,
      bounds.until == nil || wanted.until == present.until
    else {
      let words = present.isAlways ? "without an end" : present.words.joined(separator: " ")
      throw Trouble(
        "the grant is there already, \(words), and --from and --until would be the times of all of it",
        hint: "leave them out; popsec grant set-bounds changes when a grant as a whole is in force",
        exitStatus: .badData)
    }
    return present
  }
}

struct GrantRemove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take away some of what a team, an API user or a user was given.",
    discussion: """
      The effect on who may see what is shown first, and the command asks. \
      The items of a list go along with the list. --all-lists takes all lists away, however many they are. A \
      grant of which nothing is left is deleted.

      Examples:
        popsec grant remove --team MX --connector ERP --list 'Sales Invoices'
        popsec grant remove --api-user Portal --connector CRM --company US --yes
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var place: GrantPlaceOptions
  @OptionGroup var parts: GrantParts
  @OptionGroup var change: ChangeOptions

  func validate() throws {
    if parts.isEmpty { throw ValidationError("say what to take away, such as --role, --company or --list") }
  }

  func run() throws {
    try global.run { session in
      try session.make(change, asking: "take this out of the grant") { change in
        let grant = try place.find(change)
        let choice = try parts.choice(in: grant.catalogue, change.finder)
        try change.setGrant(
          of: grant.subject.id, on: grant.catalogue.id, try choice.removed(from: grant.permissions))
      }
    }
  }
}
