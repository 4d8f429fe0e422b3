import Access
import Administration
import ArgumentParser
import Store

struct GrantDelete: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Take away all that a team, an API user or a user was given on a connector.",
    discussion: """
      The effect on who may see what is shown first, and the command asks. popsec undo brings the grant back.

      Examples:
        popsec grant delete --team 'Sales MX' --connector ERP --dry-run
        popsec grant delete --api-user Portal --connector CRM --yes
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var place: GrantPlaceOptions
  @OptionGroup var change: ChangeOptions

  func run() throws {
    try global.run { session in
      try session.make(change, asking: "delete this grant") { change in
        let grant = try place.find(change)
        try change.setGrant(of: grant.subject.id, on: grant.catalogue.id, .none)
      }
    }
  }
}

struct GrantSetBounds: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set-bounds", abstract: "Change when a grant as a whole is in force.",
    discussion: """
      The effect on who may see what is shown first, and the command asks. \
      Of the beginning and the end, the one that isn't given stays.

      Examples:
        popsec grant set-bounds --api-user Portal --connector CRM --until +30d
        popsec grant set-bounds --team MX --connector ERP --until never --yes
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var place: GrantPlaceOptions
  @OptionGroup var bounds: BoundsOptions
  @OptionGroup var change: ChangeOptions

  func validate() throws {
    if bounds.isEmpty { throw ValidationError("give --from or --until") }
  }

  func run() throws {
    try global.run { session in
      let given = try bounds.bounds(now: session.administration.now) ?? .always
      try session.make(change, asking: "change when this grant is in force") { change in
        let grant = try place.find(change)
        let present = grant.permissions.bounds
        let becomes = try Bounds(
          argumentsFrom: bounds.from == nil ? present.from : given.from,
          until: bounds.until == nil ? present.until : given.until)
        try change.saveBounds(
          ofGrantOf: grant.subject.id, on: grant.catalogue.id, Edit(was: present, becomes: becomes))
      }
    }
  }
}
