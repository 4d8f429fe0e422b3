import Access
import Administration
import ArgumentParser
import Store

/// The grant that a command changes: whose, and on which connector.
struct GrantPlaceOptions: ParsableArguments {
  @OptionGroup var subject: GrantSubject

  @Option(
    help: ArgumentHelp("The connector of the grant.", valueName: "name"), completion: .names(.connectors))
  var connector: String

  func find(_ change: Change) throws -> FoundGrant {
    let finder = change.finder
    let subject = try subject.required(finder)
    let catalogue = try finder.reader.catalogue(of: try finder.connector(connector))
    return FoundGrant(
      subject: subject, catalogue: catalogue,
      permissions: try finder.reader.grant(of: subject.id, on: catalogue.id)?.permissions ?? .none)
  }
}

/// A grant as it is, with all that its connector has.
struct FoundGrant {
  let subject: NamedSubject
  let catalogue: ConnectorCatalogue
  /// What is given; empty where there is no grant.
  let permissions: Permissions
}
