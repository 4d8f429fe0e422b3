private import CPostgres
package import Access

/// The place of a store in a PostgreSQL database, as a connection URI of libpq
/// (postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING). It never holds a password, because everybody on a machine
/// may read the arguments of its processes.
package struct PostgresAddress: Hashable, Sendable {
  /// The URI as it was given.
  package let uri: String
  /// The lists of hosts, of their numeric addresses, and of their ports, as far as the URI gives them.
  private let lists: [HostList: [String]]
  /// The file of passwords that the URI names.
  package let passFile: String?

  private enum HostList: String { case host, hostaddr, port }

  /// The place of what gates record, for errors.
  var placeOfUses: String { uri + ", schema popsec_gate," }

  /// Whether a text is meant as the address of a PostgreSQL database, and not as a path.
  package static func isMeant(by text: String) -> Bool {
    text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
  }

  /// Errors: ``PostgresProblem``, where the URI is malformed, where it holds a secret, or where libpq is missing.
  package init(_ uri: String) throws(PostgresProblem) {
    if let reason = popsec_pq_load() { throw PostgresProblem.noLibrary(reason: String(cString: reason)) }
    guard uri.utf8.count <= 4_000, !uri.utf8.contains(0) else { throw PostgresProblem.malformed }
    var message: UnsafeMutablePointer<CChar>?
    guard let options = popsec_pq_parse(uri, &message) else {
      // libpq's message repeats the URI, which may hold a secret.
      popsec_pq_free(message)
      throw PostgresProblem.malformed
    }
    defer { popsec_pq_free_options(options) }
    var lists: [HostList: [String]] = [:]
    var passFile: String?
    for option in Self.settings(options) {
      if option.keyword == "passfile" { passFile = option.value }
      if Self.secrets.contains(option.keyword) { throw PostgresProblem.secret(keyword: option.keyword) }
      guard let list = HostList(rawValue: option.keyword) else { continue }
      lists[list] = option.value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    (self.uri, self.lists, self.passFile) = (uri, lists, passFile)
  }

  /// What libpq takes for the hosts, in the order that begins with the host of that number, counted around from 0.
  struct Hosts {
    var host: String?
    var hostaddr: String?
    var port: String?
  }

  /// The number of a host, by which ``hosts(from:)`` begins with it; 0 where the address does not name it.
  func number(ofHost host: String, port: String) -> Int {
    let (names, ports) = (lists[.host] ?? lists[.hostaddr] ?? [], lists[.port] ?? [])
    let found = names.indices.first { number in
      let own = ports.count == 1 ? ports[0] : number < ports.count ? ports[number] : ""
      return names[number] == host && (own.isEmpty || own == port)
    }
    return found ?? 0
  }

  /// libpq tries the hosts in their order. A primary that was replaced and still runs would be found again and again.
  func hosts(from number: Int) -> Hosts {
    func turned(_ list: HostList) -> String? {
      lists[list].map { items in
        let start = number % items.count
        return (items[start...] + items[..<start]).joined(separator: ",")
      }
    }
    return Hosts(host: turned(.host), hostaddr: turned(.hostaddr), port: turned(.port))
  }

  /// The parameters whose values are secrets.
  private static let secrets: Set = ["password", "sslpassword"]

  /// The parameters that have a value.
  private static func settings(
    _ options: UnsafeMutablePointer<popsec_pq_option>
  ) -> [(keyword: String, value: String)] {
    var found: [(keyword: String, value: String)] = []
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val {
        found.append((String(cString: keyword), String(cString: value)))
      }
      option += 1
    }
    return found
  }
}

/// Why a PostgreSQL database can't be used.
package enum PostgresProblem: Complaint, Hashable {
  case noLibrary(reason: String)
  case malformed
  case secret(keyword: String)
  /// The database can't be reached, or refuses the connection.
  case unreachable(place: String, reason: String)
  /// The server asks for a password, and the file of passwords can't be used by this account.
  case passFile(path: String, reason: String)
  /// The database is not as popsec needs it.
  case unfit(place: String, reason: String, remedy: String)

  package var message: String {
    switch self {
    case .noLibrary(let reason): "libpq, the client library of PostgreSQL, can't be loaded: \(reason)"
    case .malformed: "the address of the PostgreSQL database is malformed"
    case .secret(let keyword): "the address of the PostgreSQL database holds a secret: \(keyword)"
    case .unreachable(let place, let reason): "the database \(place) can't be reached: \(reason)"
    case .passFile(let path, let reason):
      "the database asks for a password, and the pass file \(path) \(reason)"
    case .unfit(let place, let reason, _): "the database \(place) is unfit for a store: \(reason)"
    }
  }

  package var hint: String? {
    switch self {
    case .noLibrary: "apt-get install libpq5; a store in a folder needs no libpq"
    case .malformed: "an address is postgresql://USER@HOST:PORT/DATABASE?sslmode=verify-full, in libpq's form"
    case .secret:
      "everybody on this machine can read arguments; put the password into ~/.pgpass (mode 0600), or name another file by PGPASSFILE"
    case .unreachable: "check that the server runs, that its pg_hba.conf lets you in, and your ~/.pgpass"
    case .passFile(let path, _):
      "let it be its account's alone (mode 0600), or root's and readable by the group of its accounts: "
        + "chown root:popsec \(path); chmod 0640 \(path)"
    case .unfit(_, _, let remedy): remedy
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .malformed, .secret: .usage
    case .noLibrary, .unreachable, .passFile: .unavailable
    case .unfit: .unavailable
    }
  }
}
