import Access
package import Administration

/// The example store with the Business Central case.
package enum DemoStore {
  /// The day for which the expiries in the demo file are written.
  private static let writtenFor = "2027-01-01"

  /// Fills an empty store with the demo file. All expiries are moved by the days since the file's own day, so
  /// that the same tokens have expired as in the file.
  ///
  /// Errors: those of ``Administration/apply(_:expecting:progress:)``.
  package static func fill(_ administration: Administration) throws {
    let file = try file(asOf: administration.now)
    try administration.apply(file, expecting: try administration.plan(file))
  }

  /// The demo file with its expiries moved to the day of `now`.
  static func file(asOf now: Timestamp) throws(SecurityFileErrors) -> SecurityFile {
    var file = try SecurityFile.parse(PackageResources.demo_yaml, named: "demo.yaml")
    guard let writtenFor = Timestamp(writtenFor) else { return file }
    let day: Int64 = 86_400
    let days = now.secondsSince1970 / day - writtenFor.secondsSince1970 / day
    file.apiUsers = file.apiUsers?.map { $0.movingExpiries(byDays: days) }
    return file
  }
}

extension AccountEntry {
  fileprivate func movingExpiries(byDays days: Int64) -> AccountEntry {
    AccountEntry(
      named: named, isEnabled: isEnabled, unixAccount: unixAccount, keys: keys, teams: teams, roles: roles,
      grants: grants, tokens: tokens?.map { $0.movingExpiry(byDays: days) })
  }
}

extension TokenEntry {
  fileprivate func movingExpiry(byDays days: Int64) -> TokenEntry {
    TokenEntry(
      named: named, validFrom: validFrom?.adding(days: days),
      expiry: expiry?.timestamp.map { .at($0.adding(days: days)) } ?? expiry,
      isDisabled: isDisabled, widgets: widgets, endpoints: endpoints, networks: networks,
      requestsPerMinute: requestsPerMinute)
  }
}
