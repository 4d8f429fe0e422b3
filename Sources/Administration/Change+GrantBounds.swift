package import Access
private import Store

extension Change {
  /// Says when a subject's grant on a connector is in force. What others saved meanwhile on other pages stays.
  ///
  /// Errors: ``EditConflict`` where somebody saved other bounds meanwhile;
  /// ``AdministrationError/missing(kind:name:)`` where nothing is given on the connector.
  package func saveBounds(
    ofGrantOf subject: SubjectID, on connector: ConnectorID, _ edit: Edit<Bounds>
  ) throws {
    guard var permissions = try writer.grant(of: subject, on: connector)?.permissions else {
      let name = try writer.connector(connector)?.name.text ?? connector.description
      throw AdministrationError.missing(kind: "grant on the connector", name: name)
    }
    try edit.check(against: permissions.bounds)
    permissions.bounds = edit.becomes
    try setGrant(of: subject, on: connector, permissions)
  }
}
