import Access
import Foundation
import Sealing

/// Checks whether the accounts on which people come in can use a store in a database: the keys on this host, and the
/// database itself, which sshd's commands reach without anybody's environment.
struct DatabaseFrontDoor {
  let location: StoreLocation

  private static let subject = "store over SSH"

  var all: [HealthCheck] { keys + ServiceAccount.allCases.compactMap { reach(of: $0.rawValue) } }

  private var keys: [HealthCheck] {
    let path = location.keys.path
    let share = "popsec store share --group popsec --owner popsec, as root"
    guard location.keys.hasLookupKey || errno == EACCES else {
      return [
        .bad(
          Self.subject, "\(path) holds no keys",
          "copy the folder from a host that has it; popsec setup makes a store that is not there yet")
      ]
    }
    guard let owner = getpwnam(ServiceAccount.owner.rawValue)?.pointee.pw_uid, Engine.owner(location) == owner
    else { return [.bad(Self.subject, "\(path), with the keys, is not owned by popsec", share)] }
    guard Engine.sharingGroup(location) == getgrnam(ServiceAccount.owner.rawValue)?.pointee.gr_gid else {
      return [
        .bad(
          "store's group", "the keys are not for the group popsec, so that popsec-support can't use them",
          share)
      ]
    }
    return [.good(Self.subject, "\(path), with the keys, is owned by popsec and can be used by its group")]
  }

  /// Has an account look at the database; nil where nobody but root could know.
  func reach(of account: String) -> HealthCheck? {
    guard getuid() == 0, !Caller.current.isRemote, getpwnam(account) != nil else { return nil }
    let (status, text) = SystemProgram.run(
      [InstalledProgram.path, "upgrade", "--check", "--store", location.text, "--keys", location.keys.path],
      as: account)
    // 1 tells of an upgrade that is due.
    guard status != 0, status != ExitStatus.denied.rawValue else {
      return .good("database", "\(account) reaches it")
    }
    let lines = text.split(separator: "\n").map(String.init)
    func told(_ beginning: String) -> String? {
      lines.first { $0.hasPrefix(beginning) }.map { String($0.dropFirst(beginning.count)) }
    }
    return .bad(
      "database", "\(account) can't use it: \(told("popsec: ") ?? String(text.prefix(300)))",
      told("hint: ") ?? "runuser -u \(account) -- popsec upgrade --check tells more")
  }

  /// Refuses variables by which libpq finds more than the address says: neither sshd nor systemd would set them.
  ///
  /// Errors: ``Trouble``, which names the first of them.
  static func requireNoVariables(_ location: StoreLocation, _ environment: [String: String]) throws(Trouble) {
    guard location.isInDatabase else { return }
    let harmless: Set = ["PGDATA", "PGCLUSTER", "PGOPTIONS", "PGTZ", "PGCLIENTENCODING"]
    let told = environment.keys.filter { $0.hasPrefix("PG") && !harmless.contains($0) }.sorted()
    guard let name = told.first(where: { environment.filled($0) != nil }) else { return }
    throw Trouble(
      "\(name) is set here, and would not be for sshd's commands and the gate",
      hint:
        "unset \(name), and put it into the address: postgresql://popsec@HOST/popsec?sslmode=verify-full&passfile=/etc/popsec/pgpass",
      exitStatus: .usage)
  }
}
